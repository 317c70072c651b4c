import type { Samples } from '../conformance/samples.ts'
import extras from './c-extras.ts'

const OURS = /krunner|\$\d/

const c: Samples = {
  runtime: 'c',
  query: {
    language: /^C \((gcc|clang) \d/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two" " words"', stdout: '"two words"' },
      { code: 'int squares[] = {1, 4, 9};\nsquares', stdout: '{1, 4, 9}' },
      { code: '1.0 / 3', stdout: '0.3333333333333333' },
      { code: "char letter = 'x';\nletter", stdout: "'x'" },
      { code: '(void *)0', stdout: 'NULL' },
    ],
    quiet: 'int quiet = 5;',
    context: {
      variable: [
        { code: 'int apples = 3;' },
        { code: 'static int pears; pears = apples + 1;' },
        { code: 'apples + pears', stdout: '7' },
      ],
      function: [
        { code: 'static inline int twice(int n) {\n  return 2 * n;\n}' },
        { code: 'int thrice(int n) { return n + twice(n); }' },
        { code: 'thrice(5)', stdout: '15' },
      ],
      type: [
        { code: 'struct point { int x, y; };\ntypedef struct point point;\nenum { FIRST = 7, SECOND };' },
        { code: 'point here = { .x = SECOND, .y = 2 };' },
        { code: 'here.x * here.y', stdout: '16' },
      ],
      import: [
        { code: '#include <ctype.h>\n#define SHOUT(letter) toupper(letter)' },
        { code: "(char)SHOUT('q')", stdout: "'Q'" },
      ],
      redefinition: [
        { code: 'int kind(void) { return 1; }\nint says(void) { return kind(); }' },
        { code: 'says()', stdout: '1' },
        { code: 'int kind(void) { return 2; }' },
        { code: 'says()', stdout: '2' },
        { code: 'double kind(double of) { return of / 2; }\nkind(5)', stdout: '2.5' },
        { code: 'says()', stdout: '2' },
      ],
      halfway: [
        {
          code: '#include <stdlib.h>\nint reached = 1;\nreached = 2;\nexit(1);\nreached = 3;',
          exitCode: 1,
          stderr: '',
        },
        { code: 'reached', stdout: '2' },
      ],
    },
    errors: [
      {
        before: { code: 'int survivor = 11;' },
        code: 'int fine = 1;\n\nint broken = fine + undefined_name;\n',
        line: 3,
        stderr: /^<cell \d+>:3:21: error: .*undeclared.*\n {4}int broken = fine \+ undefined_name;\n {24}\^/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'int fine(void) {\n  return 1;\n}\n\tint x = = 2;',
        line: 4,
        stderr: /^<cell \d+>:4:\d+: error: expected expression.*\n {4}\s*int x = = 2;\n/m,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
      {
        code: 'int calls_nothing(void);\nsurvivor = calls_nothing();',
        line: 2,
        stderr: /undefined reference to 'calls_nothing'/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '11' },
      },
    ],
    streams: {
      code: '#include <stdio.h>\nprintf("to out\\n");\nfprintf(stderr, "to err\\n");',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      '#include <stdio.h>\n#include <unistd.h>\nputs("first");\nwhile (access("go-on", F_OK) != 0) usleep(1000);\nputs("second");',
    utf8: [
      {
        code: '#include <stdio.h>\nconst char *city = "Łódź"; /* żółć */\nprintf("%s 東京 🚀\\n", city);',
        stdout: 'Łódź 東京 🚀',
      },
      { code: 'int żółć = 4;\n"😀"', stdout: '"😀"' },
    ],
    input: {
      questions: [
        {
          code: '#include <stdio.h>\nchar name[100];\nprintf("Your name? ");\nscanf("%99s", name);\nprintf("Hello, %s\\n", name);',
          answers: ['Zażółć🙂'],
          stdout: 'Your name? Hello, Zażółć🙂',
        },
        {
          code: '#include <stdio.h>\nint one, two;\nprintf("Two numbers: ");\nscanf("%d", &one);\nprintf("and? ");\nscanf("%d", &two);\none + two',
          answers: ['20', '22'],
          stdout: 'Two numbers: and? 42',
        },
        {
          code: '#include <stdio.h>\nchar line[100];\nprintf("A letter: "); int letter_read = getchar();\n(char)letter_read',
          answers: ['yes, and more that nobody reads'],
          stdout: "A letter: 'y'",
        },
      ],
      cancelled: {
        code: '#include <stdio.h>\nchar line[100];\nprintf("Name? ");\nfgets(line, sizeof line, stdin);\nprintf("got %s", line);',
        stderr: 'interrupted',
      },
    },
    interrupt: {
      before: { code: 'int kept = 17;' },
      loop: {
        code: '#include <stdio.h>\nint counted = 0;\nputs("begun");\nfor (;;) counted++;',
        stderr: 'interrupted',
      },
      sleep: {
        code: '#include <stdio.h>\n#include <unistd.h>\nputs("begun");\nsleep(600);\nputs("over");',
        stderr: 'interrupted',
      },
      read: {
        code: '#include <stdio.h>\n#include <unistd.h>\nint ends[2];\npipe(ends);\nputs("begun");\nchar byte;\nread(ends[0], &byte, 1);',
        stderr: 'interrupted',
      },
      after: { code: 'kept', stdout: '17' },
    },
    exits: {
      before: { code: 'int stays = 11;' },
      requests: [
        {
          code: '#include <stdio.h>\n#include <stdlib.h>\nputs("leaving");\nexit(3);\nputs("not left");',
          exitCode: 3,
          stdout: 'leaving',
        },
        { code: '#include <stdlib.h>\nexit(0);', exitCode: 0 },
        {
          code: '#include <stdio.h>\nint main(void) {\n  puts("a whole program");\n  return 5;\n}',
          exitCode: 5,
          stdout: 'a whole program',
        },
        { code: '#include <unistd.h>\n_exit(9);', exitCode: 9, stderr: /exit code 9/ },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'int first = 1; first++;\nint plus(int n) { return n + first; }\nfor (int i = 0; i < 2; i++) first = plus(first);\nint last = first * 10; last',
        stdout: '80',
      },
      {
        code: '#include <stdio.h>\nint plus(int n) { return n + 4; }\nstruct pair { int a, b; } both = {1, 2}; int *into = &both.b, sums[2] = {both.a}, (*call)(int) = plus;\n*into = call(sums[0]);\nif (both.b > 3)\n  puts("more");\nelse puts("less");\nboth.b',
        stdout: 'more\n5',
      },
    ],
    megabyte: '#include <stdio.h>\nfor (int i = 1; i <= 170000; i++) printf("%d\\n", i);',
    completions: [
      { define: 'int fruit_basket = 2;', code: 'printf("%d", fruit_ba|);', includes: ['fruit_basket'] },
      {
        define: 'struct tree { int height, hue; struct tree *left; } oak;',
        code: 'oak.h|',
        includes: ['oak.height', 'oak.hue'],
        excludes: ['oak.left'],
      },
      { code: 'oak.left->lef|', includes: ['oak.left->left'] },
      { define: '#include <stdio.h>', code: 'fprin|', includes: ['fprintf'] },
      { code: 'whi|', includes: ['while'] },
    ],
    incomplete: ['while (1) {', 'int f(int a', 'int x =', 'printf("open', '/* open', 'if (1)', '6 *'],
    crash: {
      code: '#include <stdio.h>\nputs("begun");\nbefore_it = 2;\n*(volatile int *)0 = 1;',
      signal: 'SIGSEGV',
      contextKept: true,
      before: { code: 'int before_it = 1;' },
      after: { code: 'before_it + 0', stdout: '1' },
    },
    extras,
  },
  batch: {
    projects: [
      {
        promise: 'every *.c becomes one program',
        files: {
          'main.c':
            '#include <stdio.h>\n#include <math.h>\nint beside(void);\nint main(void) { printf("%d %.1f\\n", beside(), sqrt(beside())); }',
          'beside.c': 'int beside(void) { return 16; }',
        },
        creates: ['main'],
        stdout: '16 4.0',
      },
      {
        promise: 'a Makefile says how',
        needs: 'make',
        files: {
          Makefile: 'main: other.c\n\tcc -DWORD=\\"made\\" -o main other.c\nclean:\n\t@rm -f main\n',
          'other.c': '#include <stdio.h>\nint main(void) { puts(WORD); }',
        },
        creates: ['main'],
        stdout: 'made',
      },
    ],
    missingMain: /main.*\*\.c/,
    input: {
      promise: 'a program asks its user',
      files: {
        'main.c':
          '#include <stdio.h>\nint main(void) { char name[100]; printf("Name? "); scanf("%99s", name); printf("Hello, %s\\n", name); }',
      },
      answers: ['Ada'],
      stdout: 'Name? Hello, Ada',
    },
    exit: {
      promise: "a program's exit code is the step's",
      files: {
        'main.c': '#include <stdio.h>\nint main(void) { puts("out"); fputs("err\\n", stderr); return 7; }',
      },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
    broken: {
      promise: 'what does not compile is not run',
      files: { 'main.c': 'int main(void) { return nowhere; }' },
      stderr: /nowhere/,
    },
  },
}

export default c
