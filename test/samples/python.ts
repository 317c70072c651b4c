/** Python 2.7 and 3.5 to 3.14: what is no Python 2, or needs a library, says so in `needs`. */
import type { Samples } from '../conformance/samples.ts'
import { displays } from './python-displays.ts'
import { extras } from './python-extras.ts'

const ASK = 'try:\n    ask = raw_input\nexcept NameError:\n    ask = input\n'

const python: Samples = {
  runtime: 'python',
  query: {
    language: /Python [23]\.\d+/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: "'text' + 'ual'", stdout: "'textual'" },
      { code: '[1, {"key": 2}, (3,)]', stdout: "[1, {'key': 2}, (3,)]" },
      { code: 'None', stdout: '' },
    ],
    quiet: 'quiet = 1',
    context: {
      variable: [{ code: 'kept = 20' }, { code: 'kept + 1', stdout: '21' }],
      function: [
        { code: 'def doubled(number):\n    return number * 2\n' },
        { code: 'doubled(4)', stdout: '8' },
        {
          code: 'def quadrupled(number):\n    return doubled(doubled(number))\n\nquadrupled(2)',
          stdout: '8',
        },
      ],
      type: [
        { code: 'class Point(object):\n    def __init__(self, x):\n        self.x = x\n' },
        { code: 'Point(5).x', stdout: '5' },
      ],
      import: [
        { code: 'from os.path import join as join_paths' },
        { code: "join_paths('a', 'b')", stdout: "'a/b'" },
      ],
      redefinition: [
        { code: 'def version():\n    return 1\n' },
        { code: 'version()', stdout: '1' },
        { code: 'def version():\n    return 2\n' },
        { code: 'version()', stdout: '2' },
      ],
      halfway: [
        { code: 'reached = 1\nreached // 0\nreached = 2', exitCode: 1, stderr: /ZeroDivisionError/ },
        { code: 'reached', stdout: '1' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor = 1' },
        code: "def fails():\n    return {}['absent']\n\nfails()",
        line: 4,
        stderr:
          /File "<cell \d+>", line 4, in <module>\n {4}fails\(\)[\s\S]*line 2, in fails\n {4}return \{\}\['absent'\][\s\S]*KeyError: 'absent'/,
        hidden: /_krunner|driver/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'one = 1\ntwo = = 2',
        line: 2,
        stderr: /line 2\n {4}two = = 2\n +\^[\s\S]*SyntaxError: invalid syntax/,
        hidden: /_krunner|driver|Traceback/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'class Broken(Exception):\n    def __str__(self):\n        raise RuntimeError\n\nraise Broken()',
        line: 5,
        stderr: /raise Broken\(\)\nBroken: <.*>|raise Broken\(\)\n {4}\^*\nBroken: <.*>/,
        hidden: /_krunner|driver/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'class Unprintable(object):\n    def __repr__(self):\n        raise ValueError("no form")\n\nUnprintable()',
        line: 3,
        stderr: /line 5, in <module>[\s\S]*line 3, in __repr__[\s\S]*ValueError: no form/,
        hidden: /_krunner|driver/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'def endless():\n    endless()\n\nendless()',
        line: 4,
        stderr: /maximum recursion depth exceeded/,
        hidden: /_krunner|driver/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'if True:\n    return 1',
        line: 2,
        stderr: /return 1\n[\s\S]*SyntaxError: 'return' outside function/,
        hidden: /_krunner|driver|Traceback/,
        after: { code: 'survivor', stdout: '1' },
      },
    ],
    streams: {
      code: 'import sys\nprint("to stdout")\ndone = sys.stderr.write("to stderr\\n")',
      stdout: 'to stdout',
      stderr: 'to stderr',
    },
    streaming:
      'import os, time\nprint("first")\nwhile not os.path.exists("go-on"):\n    time.sleep(0.005)\nprint("second")',
    utf8: [
      { code: 'print("żółć, 世界 and 🐍")', stdout: 'żółć, 世界 and 🐍' },
      { code: '# -*- coding: utf-8 -*-\nprint(u"\\u017c\\U0001F40D" + u"ł🐍")', stdout: 'ż🐍ł🐍' },
      { code: 'raise ValueError("nie działa 🐍")', exitCode: 1, stderr: /ValueError: nie działa 🐍/ },
    ],
    input: {
      questions: [
        { code: `${ASK}print('hello ' + ask('name? '))`, answers: ['Zoë 🐍'], stdout: 'name? hello Zoë 🐍' },
        {
          code: "import sys\ndone = sys.stdout.write('line? ')\nprint(repr(str(sys.stdin.readline())))",
          answers: ['one'],
          stdout: "line? 'one\\n'",
        },
        {
          code: `import sys
done = sys.stdout.write('next? ')
for line in sys.stdin:
    print('got ' + line.strip())
    if 'end' in line:
        break
    done = sys.stdout.write('next? ')`,
          answers: ['first', 'end'],
          stdout: 'next? got first\nnext? got end',
        },
        {
          code: "import sys\ndone = sys.stdout.write('all? ')\nlen(sys.stdin.read())",
          answers: ['12345'],
          stdout: 'all? 6',
        },
      ],
      password: {
        code: "import getpass\nprint(len(getpass.getpass('secret? ')))",
        answers: ['hunter2'],
        stdout: 'secret? 7',
      },
      cancelled: { code: "ask('never answered? ')", stderr: /KeyboardInterrupt/ },
    },
    interrupt: {
      before: { code: 'patience = 3' },
      loop: {
        code: "print('begun')\nwhile True:\n    pass",
        stderr: /line 2|line 3[\s\S]*KeyboardInterrupt/,
      },
      sleep: {
        code: "import time\nprint('begun')\ntime.sleep(600)",
        stderr: /time\.sleep\(600\)[\s\S]*KeyboardInterrupt/,
      },
      read: {
        code: "import os\nnever, writer = os.pipe()\nprint('begun')\nos.read(never, 1)",
        stderr: /os\.read\(never, 1\)[\s\S]*KeyboardInterrupt/,
      },
      after: { code: 'patience', stdout: '3' },
    },
    exits: {
      before: { code: 'stays = 1' },
      requests: [
        { code: 'exit(3)', exitCode: 3 },
        { code: 'import sys\nsys.exit()', exitCode: 0 },
        { code: 'raise SystemExit("some last words")', exitCode: 1, stderr: 'some last words' },
        { code: 'quit(-1)', exitCode: 255 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '1' },
    },
    several: [
      {
        code: 'class Shape(object):\n    sides = 4\n\ndef area(side):\n    return side * side\n\nside = 3\narea(side) + Shape.sides',
        stdout: '13',
      },
      {
        code: 'first = 1; second = 2\nif first < second:\n    print("ordered")\n(first, second)',
        stdout: 'ordered\n(1, 2)',
      },
    ],
    megabyte: 'for number in range(1, 170001):\n    print(number)',
    completions: [
      { define: 'astonishing_name = 1', code: 'x = astonishing|', includes: ['astonishing_name'] },
      { define: 'import os', code: 'os.path.jo|', includes: ['os.path.join'], excludes: ['os.path.exists'] },
      { code: 'import multiproc|', includes: ['multiprocessing'] },
      { code: 'whi|', includes: ['while'] },
      { code: '"żółć"; astonishing|', includes: ['astonishing_name'] },
      { define: "by_key = {'chiave': 1}", code: 'by_key["chi|', includes: ['chiave"'], needs: 'jedi' },
      { code: 'unborn_name = 1\nunborn|', includes: ['unborn_name'], needs: 'jedi' },
    ],
    incomplete: [
      'def f():',
      'print(1,',
      'text = """open',
      "text = 'open",
      'if True:',
      'try:\n    pass',
      'x = [1,\n2',
      '@',
    ],
    crash: {
      code: "import os, signal\nprint('begun')\nos.kill(os.getpid(), signal.SIGSEGV)",
      signal: 'SIGSEGV',
      before: { code: 'doomed = 1' },
      after: { code: 'doomed' },
    },
    displays,
    extras,
  },
  batch: {
    projects: [
      { promise: 'main.py runs', files: { 'main.py': 'print("from main.py")\n' }, stdout: 'from main.py' },
      {
        promise: 'a project is installed for its user',
        needs: 'pip',
        files: {
          'setup.py':
            'from setuptools import setup\n\nsetup(name="krunner-sample", version="1", package_dir={"": "src"}, packages=["krunner_sample"])\n',
          'src/krunner_sample/__init__.py': 'def greeting():\n    return "installed"\n',
          'main.py': 'import krunner_sample\n\nprint(krunner_sample.greeting())\n',
        },
        creates: ['build'],
        stdout: 'installed',
      },
      {
        promise: 'a pyproject.toml that only configures tools is not installed',
        files: {
          'pyproject.toml': '[tool.ruff]\nline-length = 100\n',
          'main.py': 'import os\n\nprint(os.environ["_BACKEND_BATCH_MODE"])\n',
        },
        stdout: '1',
      },
    ],
    missingMain: /main\.py/,
    input: {
      promise: 'a program asks for a line, and for a password',
      files: {
        'main.py': `import getpass
import sys

ask = raw_input if sys.version_info[0] == 2 else input
name = ask('name? ')
secret = getpass.getpass('secret? ')
sys.stdout.write('more? ')
sys.stdout.flush()
more = sys.stdin.readline().strip()
print('%s %d %s' % (name, len(secret), more))
`,
      },
      answers: ['Zoë', 'hunter2', 'enough'],
      stdout: 'name? secret? more? Zoë 7 enough',
    },
    exit: {
      promise: 'output is kept apart, and the exit code passed on',
      files: { 'main.py': 'import sys\n\nprint("out")\nsys.stderr.write("err\\n")\nsys.exit(7)\n' },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default python
