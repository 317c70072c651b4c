/** The current Node.js; what an older one lacks says so in `needs`. */
import type { Samples } from '../conformance/samples.ts'

const INTERRUPTED = /interrupted|EINTR/i

const nodejs: Samples = {
  runtime: 'nodejs',
  query: {
    language: /Node\.js v?\d+/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: "'text' + 'ual'", stdout: "'textual'" },
      { code: "[1, { key: 'two' }]", stdout: "[ 1, { key: 'two' } ]" },
      { code: '{ a: 1, b: 2 }', stdout: '{ a: 1, b: 2 }' },
    ],
    quiet: 'const quiet = 1',
    context: {
      variable: [
        { code: 'const kept = 20; let changed = 1' },
        { code: 'changed += kept; changed', stdout: '21' },
        { code: 'const kept = 30; let changed = 2' },
        { code: 'kept + changed', stdout: '32' },
      ],
      function: [
        { code: 'function doubled(number) { return 2 * number }' },
        { code: 'const quadrupled = (number) => doubled(doubled(number)); quadrupled(2)', stdout: '8' },
      ],
      type: [
        { code: 'class Point { constructor(x) { this.x = x } }' },
        { code: 'new Point(5).x', stdout: '5' },
        { code: 'class Point { constructor(x) { this.x = 2 * x } }' },
        { code: 'new Point(5).x', stdout: '10' },
      ],
      import: [{ code: "const { join } = require('path')" }, { code: "join('a', 'b')", stdout: "'a/b'" }],
      redefinition: [
        { code: 'function version() { return 1 }\nfunction caller() { return version() }' },
        { code: 'caller()', stdout: '1' },
        { code: 'function version() { return 2 }' },
        { code: 'caller()', stdout: '2' },
      ],
      halfway: [
        { code: 'let reached = 1\nnull.nothing\nreached = 2', exitCode: 1, stderr: /TypeError/ },
        { code: 'reached', stdout: '1' },
      ],
    },
    errors: [
      {
        before: { code: 'const survivor = 1' },
        code: "function fails() {\n  throw new RangeError('too far')\n}\n\nfails()",
        line: 2,
        stderr:
          /throw new RangeError\('too far'\)[\s\S]*RangeError: too far\n {4}at fails \(<cell \d+>:2:\d+\)\n {4}at <cell \d+>:5:\d+/,
        hidden: /driver|\.cjs|node:/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: 'let one = 1\nlet two = = 2',
        line: 2,
        stderr: /<cell \d+>:2\nlet two = = 2\n +\^[\s\S]*SyntaxError/,
        hidden: /driver|\.cjs|node:/,
        after: { code: 'survivor', stdout: '1' },
      },
      {
        code: "const unborn = (() => { throw new Error('not born') })()",
        line: 1,
        stderr: /Error: not born/,
        hidden: /driver|\.cjs/,
        after: { code: 'const unborn = 1; unborn', stdout: '1' },
      },
    ],
    streams: {
      code: "console.log('to stdout'); console.error('to stderr')",
      stdout: 'to stdout',
      stderr: 'to stderr',
    },
    streaming: `console.log('first')
while (!require('fs').existsSync('go-on'));
console.log('second')`,
    utf8: [
      { code: "console.log('żółć, 世界 and 🐍')", stdout: 'żółć, 世界 and 🐍' },
      { code: "const żółw = '\\u017c🐍'; żółw", stdout: "'ż🐍'" },
    ],
    input: {
      questions: [
        {
          code: `const asker = require('readline').createInterface({ input: process.stdin, output: process.stdout })
asker.question('name? ', (name) => { console.log('hello ' + name); asker.close() })`,
          answers: ['Zoë 🐍'],
          stdout: 'name? hello Zoë 🐍',
        },
        { code: "prompt('line? ')", answers: ['one'], stdout: "line? 'one'" },
        {
          code: "process.stdout.write('chunk? '); void process.stdin.once('data', (chunk) => { console.log(String(chunk).trim()); process.stdin.pause() })",
          answers: ['two'],
          stdout: 'chunk? two',
        },
      ],
      password: {
        code: `const secretive = require('readline').createInterface({ input: process.stdin, output: process.stdout })
secretive._writeToOutput = () => {}
secretive.question('secret? ', (secret) => { console.log(secret.length); secretive.close() })`,
        answers: ['hush'],
        stdout: 'secret? 4',
      },
      cancelled: {
        code: `const cancelled = require('readline').createInterface({ input: process.stdin, output: process.stdout })
cancelled.question('never answered? ', () => {})`,
        stderr: INTERRUPTED,
      },
    },
    interrupt: {
      before: { code: 'let patience = 3' },
      loop: { code: "console.log('begun'); for (;;);", stderr: INTERRUPTED },
      sleep: {
        code: "console.log('begun'); await new Promise((done) => setTimeout(done, 600000))",
        stderr: INTERRUPTED,
      },
      read: {
        code: "require('child_process').execFileSync('sh', ['-c', 'echo begun; exec sleep 600'], { stdio: 'inherit' })",
        stderr: INTERRUPTED,
      },
      after: { code: 'patience', stdout: '3' },
    },
    exits: {
      before: { code: 'let stays = 4' },
      requests: [
        { code: 'process.exit(3)', exitCode: 3 },
        { code: 'process.exit()', exitCode: 0 },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '4' },
    },
    several: [
      { code: 'const side = 3\nfunction area() { return side * side }\nclass Box {}\narea()', stdout: '9' },
      { code: 'let sum = 0; for (const part of [1, 2, 3]) sum += part; sum', stdout: '6' },
    ],
    megabyte: 'for (let line = 1; line <= 170000; line++) console.log(line)',
    completions: [
      { define: 'const wonderful = 1; let wonders = 2', code: 'wonde|', includes: ['wonderful', 'wonders'] },
      { code: 'process.std|', includes: ['process.stdout', 'process.stderr'], excludes: ['process.argv'] },
    ],
    incomplete: ['function unclosed() {', 'const text = `open', '[1, 2', "'open"],
    crash: {
      before: { code: 'const fragile = 5' },
      code: "console.log('begun'); process.kill(process.pid, 'SIGSEGV'); for (;;);",
      signal: 'SIGSEGV',
      after: { code: 'fragile' },
    },
    displays: [
      {
        promise: 'an object with an HTML representation is shown as a page',
        code: "({ _toHtml: () => '<b>bold</b>' })",
        mime: 'text/html',
        data: /<b>bold<\/b>/,
      },
      {
        promise: 'an object with MIME representations is shown in the richest one',
        needs: 'await',
        code: "({ async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'dot', 'image/svg+xml': '<svg/>' } } })",
        mime: 'image/svg+xml',
        data: /<svg\/>/,
        stdout: '',
      },
      {
        promise: 'bytes are displayed as an image',
        code: "display('image/png', Buffer.from('iVBORw0KGgo=', 'base64')); display('image/png', 'iVBORw0KGgo=')",
        mime: 'image/png',
        count: 2,
      },
    ],
    extras: [
      {
        promise: 'await stands at top level, and what it gives is kept',
        needs: 'await',
        cells: [{ code: 'const waited = await Promise.resolve(8)' }, { code: 'waited', stdout: '8' }],
      },
      {
        promise: 'modules are imported',
        cells: [
          { code: "import { EOL } from 'os'\nimport path, * as all from 'path'" },
          { code: '[EOL, path.sep, all.join === path.join]', stdout: "[ '\\n', '/', true ]" },
        ],
      },
      {
        promise: 'modules are imported while code runs',
        needs: 'import()',
        cells: [{ code: "const { sep } = await import('path'); sep", stdout: "'/'" }],
      },
      {
        promise: 'a promise that rejects later is reported, and is not fatal',
        cells: [
          { code: "Promise.reject(new Error('later')); 1", stdout: '1', stderr: /Error: later/ },
          { code: '6 * 7', stdout: '42' },
        ],
      },
      {
        promise: 'what is thrown and no error is shown as it is',
        cells: [
          { code: 'throw 42', exitCode: 1, stderr: 'Uncaught 42' },
          { code: "throw { code: 'odd' }", exitCode: 1, stderr: /odd/ },
        ],
      },
      {
        promise: 'a timer outlives its cell',
        cells: [
          { code: 'let rung = 0; setTimeout(() => { rung = 1 }, 1); undefined' },
          { code: "require('child_process').execFileSync('sleep', ['0.01']); 'waited'", stdout: "'waited'" },
          { code: 'rung', stdout: '1' },
        ],
      },
      {
        promise: "a timer's error is reported and not fatal",
        needs: 'await',
        cells: [
          {
            code: "setTimeout(() => { throw new Error('rung') }, 1)\nawait new Promise((done) => setTimeout(done, 50))",
            stderr: /Error: rung/,
          },
        ],
      },
      {
        promise: 'types are stripped from cells that are no JavaScript without that',
        needs: 'types',
        cells: [{ code: 'const typed: number = 5\ninterface Shape { sides: number }\ntyped', stdout: '5' }],
      },
    ],
  },
  batch: {
    projects: [
      {
        promise: 'main.js runs',
        files: { 'main.js': "console.log('main', process.env._BACKEND_BATCH_MODE)" },
        stdout: 'main 1',
      },
      {
        promise: "a package's main file runs, after its own build script",
        needs: 'npm',
        files: {
          'package.json': JSON.stringify({
            name: 'sample',
            version: '1.0.0',
            main: 'built.js',
            scripts: { build: `node -e "require('fs').writeFileSync('built.js', 'console.log(42)')"` },
          }),
        },
        stdout: '42',
      },
    ],
    missingMain: /main\.js/,
    input: {
      promise: 'a question on readline is asked and answered',
      files: {
        'main.js':
          "const io = require('readline').createInterface({ input: process.stdin, output: process.stdout })\nio.question('name? ', (name) => { console.log('hello ' + name); io.close(); process.exit() })",
      },
      answers: ['Ada'],
      stdout: 'name? hello Ada',
    },
    exit: {
      promise: 'both streams and the exit code arrive',
      files: { 'main.js': "console.log('out'); console.error('err'); process.exit(7)" },
      stdout: 'out',
      stderr: 'err',
      exitCode: 7,
    },
  },
}

export default nodejs
