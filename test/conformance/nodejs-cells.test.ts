/** Cells of Node.js: what they declare, await and throw, and how they end. */
import { expect, test } from 'vitest'
import { openSession } from '../harness/session.ts'
import { runCell, runStory } from './cell.ts'
import type { Cell } from './samples.ts'

const options = { runtime: 'nodejs', runtimePath: process.execPath }

const KINDS = {
  const: 'const name = VALUE',
  let: 'let name = VALUE',
  var: 'var name = VALUE',
  'destructured const': 'const { name } = { name: VALUE }',
  'nested var': 'if (true) { var name = VALUE }',
  'const after an await': 'await null\nconst name = VALUE',
}

test.each(Object.entries(KINDS))(
  'a name may become %s, whatever it was, and all functions see it',
  async (_, code) => {
    const session = await openSession(options)
    await session.run('function read() { return name }\nvar name')
    const codes = [
      ...Object.values(KINDS),
      'function name() {}',
      'class name {}',
      "import * as name from 'fs'",
    ]
    for (const before of codes)
      await runStory(session, [
        { code: before.replace('VALUE', '1') },
        { code: code.replace('VALUE', '2') },
        { code: 'read()', stdout: '2' },
      ])
  },
)

test.each(['function name() { return 2 }', 'class name { static call() { return 2 } }'])(
  '%s replaces whatever had its name',
  async (code) => {
    const session = await openSession(options)
    for (const before of ['const name = 1', 'var name = 1', 'function name() {}', 'class name {}'])
      await runStory(session, [{ code: before }, { code }, { code: 'name.name', stdout: "'name'" }])
  },
)

test('a constant stays one until it is declared again', async () => {
  const session = await openSession(options)
  const refused = { exitCode: 1, stderr: /TypeError: Assignment to constant variable/ }
  await runStory(session, [
    { code: 'const fixed = 1; function change() { fixed = 2 }' },
    { code: 'fixed++', ...refused },
    { code: 'change()', ...refused },
    { code: '({ fixed } = { fixed: 3 })', ...refused },
    { code: '(() => { let fixed = 4; fixed++; return fixed })()', stdout: '5' },
    { code: 'fixed', stdout: '1' },
    { code: 'let fixed = 6; change(); fixed', ...refused },
    { code: 'fixed = 7', stdout: '7' },
  ])
})

test('a declaration that fails leaves a name that can be declared', async () => {
  const session = await openSession(options)
  await runStory(session, [
    { code: "const unborn = (() => { throw new Error('no') })()", exitCode: 1, stderr: /Error: no/ },
    { code: 'unborn', stdout: '' },
    { code: 'const unborn = 1; unborn', stdout: '1' },
  ])
})

const SHOWN: Cell[] = [
  { code: '{ a: 1 }', stdout: '{ a: 1 }' },
  { code: '{ a: 1 };', stdout: '1' },
  { code: '{ a: await 2 }', stdout: '{ a: 2 }' },
  { code: 'undefined', stdout: '' },
  { code: '5; let last = 6', stdout: '' },
  { code: 'if (true) 7', stdout: '7' },
  { code: 'new Promise(() => {})', stdout: 'Promise { <pending> }' },
  { code: 'async function main() { await null; return 8 }\nmain()', stdout: 'Promise { 8 }' },
  { code: '#!/usr/bin/env node\n9', stdout: '9' },
  { code: '9; _', stdout: '9' },
]

test('values are shown as in the REPL, a declaration has none, and a call is waited for', async () => {
  const session = await openSession(options)
  for (const cell of SHOWN) await runCell(session, cell)
})

test('errors point to the line and column that the user wrote', async () => {
  const session = await openSession(options)
  const failing = (code: string, line: number, column: number) =>
    runCell(session, { code, exitCode: 1, stderr: new RegExp(`<cell \\d+>:${line}:${column}\\)?\\n`) })
  await failing("const one = 1\nthrow new Error('two')", 2, 7)
  await failing("await null\nclass Three {}\nthrow new Error('three')", 3, 7)
  await failing("import {\n  join\n} from 'path'\nthrow new Error('four')", 4, 7)
  await failing("throw new Error('one')", 1, 7)
  await failing('function fails() {\n  null.nothing\n}\nfails()', 2, 8)
})

test('modules are found from the working folder, in both systems', async () => {
  const files = {
    'old.js': 'exports.value = 1',
    'new.mjs': 'export const value = 2; export default 3',
    'node_modules/only-new/package.json':
      '{"name":"only-new","type":"module","exports":{"import":"./index.js"}}',
    'node_modules/only-new/index.js': 'export const value = 4',
  }
  const session = await openSession({ ...options, files })
  await runStory(session, [
    { code: "require('./old').value", stdout: '1' },
    { code: "import three, { value } from './new.mjs'\n[value, three]", stdout: '[ 2, 3 ]' },
    { code: "(await import('only-new')).value", stdout: '4' },
    {
      code: "import { nothing } from './new.mjs'",
      exitCode: 1,
      stderr: /does not provide an export named 'nothing'/,
    },
    { code: 'require.main === module', stdout: 'true' },
  ])
})

const EXITS = {
  'past catch and finally':
    "try { process.exit(5) } catch { console.log('caught') } finally { console.log('done') }",
  'after an await':
    "await new Promise((done) => setTimeout(done, 1)); try { process.exit(5) } finally { console.log('done') }",
  'in a chain of promises':
    "(async () => { await null; process.exit(5) })().catch(() => console.log('caught'))",
  'in a timer': 'setTimeout(() => { process.exit(5) }, 1); await new Promise(() => {})',
  'in a callback': "require('fs').readFile('/', () => process.exit(5)); await new Promise(() => {})",
  'in the next tick of a timer':
    'setTimeout(() => process.nextTick(() => process.exit(5)), 1); await new Promise(() => {})',
  'by its exit code': 'process.exitCode = 5; undefined',
}

test.each(Object.entries(EXITS))('a cell exits %s, and the context is kept', async (_, code) => {
  const session = await openSession(options)
  await runStory(session, [
    { code: 'let kept = 1' },
    { code, exitCode: 5, stdout: '', stderr: '' },
    { code: 'kept', stdout: '1', exitCode: 0 },
  ])
})

test('what is left behind goes on, holds nothing up, and its errors are no ends', async () => {
  const session = await openSession(options)
  await runCell(session, {
    code: "let rung = 0; const timer = setInterval(() => { rung++; if (rung === 3) throw new Error('third') }, 1); undefined",
  })
  const { stderr } = await session.run('while (rung < 5) await new Promise((done) => setTimeout(done, 1))')
  expect(stderr === '' || /Error: third\n {4}at .*<cell/.test(stderr)).toBe(true)
  await runStory(session, [
    {
      code: "Promise.reject(new Error('nobody')); clearInterval(timer)",
      stderr: /Uncaught \(in promise\) Error: nobody/,
    },
    { code: "process.on('uncaughtException', ({ message }) => console.log('heard', message)); undefined" },
    { code: "process.nextTick(() => { throw new Error('it') })", stdout: 'heard it' },
  ])
})
