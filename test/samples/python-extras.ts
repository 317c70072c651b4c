/** What Python promises beyond the list that all languages have. */
import type { ExtraSample } from '../conformance/samples.ts'

export const extras: readonly ExtraSample[] = [
  {
    promise: '_ is the last value',
    cells: [
      { code: '11 * 3', stdout: '33' },
      { code: '_ + 1', stdout: '34' },
    ],
  },
  {
    promise: 'a semicolon hides the value',
    cells: [
      { code: '1 + 1;', stdout: '' },
      { code: "';'  # no semicolon;", stdout: "';'" },
    ],
  },
  {
    promise: 'the context is the module __main__, which pickle and others find',
    cells: [
      {
        code: `import pickle, sys
class Kept(object):
    pass
type(pickle.loads(pickle.dumps(Kept()))) is Kept and sys.modules['__main__'].Kept is Kept`,
        stdout: 'True',
      },
    ],
  },
  {
    promise: 'a traceback through an earlier cell shows its lines',
    cells: [
      { code: 'def raises():\n    raise KeyError("earlier")\n' },
      {
        code: 'raises()',
        exitCode: 1,
        stderr: /<cell \d+>", line 1, in[\s\S]*<cell \d+>", line 2, in raises\n {4}raise KeyError/,
      },
      {
        code: 'import traceback\ntry:\n    raises()\nexcept KeyError:\n    print(traceback.format_exc())',
        stdout: / {4}raises\(\)[\s\S]* {4}raise KeyError\("earlier"\)/,
      },
    ],
  },
  {
    promise: 'chained exceptions are shown with their cause',
    needs: 'python 3',
    cells: [
      {
        code: 'try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError("outer") from error',
        exitCode: 1,
        stderr: /ZeroDivisionError[\s\S]*direct cause[\s\S]*ValueError: outer/,
      },
    ],
  },
  {
    promise: 'a future import holds for later cells',
    cells: [
      { code: 'from __future__ import unicode_literals' },
      { code: "isinstance('text', type(u''))", stdout: 'True' },
    ],
  },
  {
    promise: 'the inspect module finds the source of a function',
    cells: [
      { code: 'import inspect\ndef shown():\n    return 1\n' },
      { code: 'print(inspect.getsource(shown))', stdout: 'def shown():\n    return 1' },
    ],
  },
  {
    promise: 'await stands at top level, and tasks go on between cells',
    needs: 'await',
    cells: [
      { code: 'import asyncio\nawait asyncio.sleep(0, 5)', stdout: '5' },
      {
        code: `done = asyncio.Event()
async def later():
    await asyncio.sleep(0.01)
    done.set()
    return 'finished'
task = asyncio.create_task(later())
await asyncio.sleep(0)`,
      },
      { code: 'await done.wait()\nawait task', stdout: /'finished'/ },
      { code: 'asyncio.run(asyncio.sleep(0, 6))', stdout: '6' },
    ],
  },
  {
    promise: 'what a subprocess and a C library print is seen, in order',
    cells: [
      {
        code: `import ctypes, subprocess, sys
print('1')
code = subprocess.call([sys.executable, '-c', 'print(2)'])
print('3')
count = ctypes.CDLL(None).printf(b'4\\n')
print('5')`,
        stdout: '1\n2\n3\n4\n5',
      },
    ],
  },
  {
    promise: 'a forked child ends with its cell, and says nothing to the daemon',
    cells: [
      {
        code: 'import os\nchild = os.fork()\nif child == 0:\n    display(1)\n    exit(5)\nos.waitpid(child, 0)[1] >> 8',
        stdout: /\b5\s*$/,
      },
      { code: 'os.getpid() == os.getppid()', stdout: 'False' },
    ],
  },
  {
    promise: 'processes of multiprocessing run functions of the session',
    cells: [
      {
        code: `import multiprocessing
def squared(number):
    return number * number
make = getattr(multiprocessing, 'get_context', lambda kind: multiprocessing)('fork')
pool = make.Pool(2)
results = pool.map(squared, range(4))
pool.terminate()
pool.join()
results`,
        stdout: '[0, 1, 4, 9]',
      },
    ],
  },
  {
    promise: 'a thread that prints after its cell breaks nothing',
    cells: [
      {
        code: 'import threading\ngo_on = threading.Event()\nthread = threading.Thread(target=lambda: [go_on.wait(), print_late()])\ndef print_late():\n    print("late")\nthread.start()',
      },
      { code: 'go_on.set()\nthread.join()', stdout: 'late' },
    ],
  },
  {
    promise: 'a cell that closes streams or descriptors does not take them from the next one',
    cells: [
      { code: 'import os, sys\nos.closerange(3, 1000)\nsys.stdin.close()\nos.close(1)\nos.close(0)' },
      { code: 'print("still here")', stdout: 'still here' },
    ],
  },
  {
    promise: 'an interrupt handler of a cell ends with it',
    cells: [
      { code: 'import signal\nolder = signal.signal(signal.SIGINT, signal.SIG_IGN)' },
      { code: 'signal.getsignal(signal.SIGINT) == older == signal.default_int_handler', stdout: 'True' },
    ],
  },
  {
    promise: 'a magic runs over the same names',
    needs: 'ipython',
    cells: [
      { code: 'seen_by_magic = 40' },
      { code: '%time seen_by_magic + 2', stdout: /Wall time[\s\S]*42/ },
      { code: '%%time\nseen_by_magic += 1\nseen_by_magic', stdout: /Wall time[\s\S]*41/ },
      {
        code: 'print(seen_by_magic)\n!echo from the shell {seen_by_magic}\nwords = !echo one two\nwords',
        stdout: "41\nfrom the shell 41\n['one two']",
      },
      { code: 'seen_by_magic?', stdout: /int/ },
      { code: '%matplotlib inline', stdout: '' },
      { code: '%absent', exitCode: 1, stderr: /%absent/ },
      { code: 'exit(6)', exitCode: 6 },
    ],
  },
  {
    promise: 'without IPython a magic is refused in clear words',
    needs: 'no ipython',
    cells: [
      { code: '%time 1', exitCode: 1, stderr: /SyntaxError[\s\S]*IPython/ },
      { code: '!ls', exitCode: 1, stderr: /SyntaxError[\s\S]*IPython/ },
    ],
  },
]
