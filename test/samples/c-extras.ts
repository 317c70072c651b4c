/** What a session of C promises beyond the list. */
import type { ExtraSample } from '../conformance/samples.ts'

const UNDONE = /what it changed is undone, all before it is kept/

const extras: ExtraSample[] = [
  {
    promise: 'a stack overflow, an abort and a double free lose their cells, and nothing else',
    cells: [
      { code: '#include <stdlib.h>\nint untouched = 5;\nint deeper(int n) { return deeper(n + 1) + n; }' },
      {
        code: 'untouched = 6; deeper(0)',
        exitCode: 139,
        stderr: /SIGSEGV[^\n]*undone/,
      },
      { code: 'untouched = 7; abort();', exitCode: 134, stderr: UNDONE },
      { code: 'untouched', stdout: '5' },
    ],
  },
  {
    promise: 'the older and the rarer ways to say things are C, too',
    cells: [
      { code: 'int added(a, b) int a; int b; { return a + b; }\nadded(2, 3)', stdout: '5' },
      {
        code: 'struct { unsigned low : 3; unsigned high : 5; } bits = {5, 17};\nbits.low + bits.high',
        stdout: '22',
      },
      {
        code: 'struct tagged { int kind; union { int i; double d; }; };\nstruct tagged tag = { .kind = 1, .d = 2.5 };\ntag.d',
        stdout: '2.5',
      },
      { code: 'int sparse[] = { [3] = 4, [1] = 2 };\nsparse[3] + sparse[1]', stdout: '6' },
      {
        code: '#define NAME_OF(x) _Generic((x), int: "int", double: "double", default: "other")\nNAME_OF(2.0)',
        stdout: '"double"',
      },
      { code: '#pragma pack(push, 1)\nstruct packed { char c; int i; };\n#pragma pack(pop)' },
      { code: 'sizeof(struct packed)', stdout: '5' },
    ],
  },
  {
    promise: 'jumps stay within their cell',
    cells: [
      { code: 'int turns = 0;\nagain:\nturns++;\nif (turns < 5) goto again;\nturns', stdout: '5' },
      {
        code: '#include <setjmp.h>\njmp_buf place;\nvolatile int tries = 0;\nif (setjmp(place) < 3) { tries++; longjmp(place, tries); }\ntries',
        stdout: '3',
      },
    ],
  },
  {
    promise: 'a static variable of a function keeps its value',
    cells: [
      {
        code: 'static int counter(void) { static int count; return ++count; }\ncounter(); counter()',
        stdout: '2',
      },
      { code: 'counter()', stdout: '3' },
    ],
  },
  {
    promise: 'a thread has the variables of all cells',
    cells: [
      {
        code: '#include <pthread.h>\nint shared = 10;\nvoid *work(void *unused) { shared++; return unused; }\npthread_t thread;\npthread_create(&thread, 0, work, 0);\npthread_join(thread, 0);\nshared',
        stdout: '11',
      },
    ],
  },
]

export default extras
