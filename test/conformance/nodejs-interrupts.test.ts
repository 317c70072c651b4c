/** Interrupts of what Node.js itself does not let go of: loops after an await, in timers, in callbacks. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'

const options = { runtime: 'nodejs', runtimePath: process.execPath }

const ENDLESS = {
  'a loop that catches everything':
    "console.log('begun'); for (;;) { try { for (;;); } catch { console.log('caught') } finally { console.log('caught') } }",
  'a flood': "console.log('begun'); for (;;) console.log('again and again')",
  'a promise that never settles': "console.log('begun'); await new Promise(() => {})",
  'a loop after an await': "await null; console.log('begun'); for (;;);",
  'a loop after a timer': "await new Promise((done) => setTimeout(done, 1)); console.log('begun'); for (;;);",
  'a loop in a function that nobody awaits':
    "const left = (async () => { await null; console.log('begun'); for (;;); })()",
  'a loop in a timer':
    "setTimeout(() => { console.log('begun'); for (;;); }, 1); await new Promise(() => {})",
  'a loop in a callback':
    "require('fs').readFile('/', () => { console.log('begun'); for (;;); }); await new Promise(() => {})",
  'a loop in the next tick':
    "process.nextTick(() => { console.log('begun'); for (;;); }); await new Promise(() => {})",
  'a loop in the showing of a value':
    "({ [require('util').inspect.custom]() { console.log('begun'); for (;;); } })",
  'a regular expression': "console.log('begun'); /^(a+)+$/.test('a'.repeat(50) + 'b')",
  'a thread that sleeps':
    "console.log('begun'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
}

test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
  const session = await openSession(options)
  await session.run("const kept = 'kept'")
  for (let time = 0; time < 2; time++) await interruptOnce(session, code)
  const { stdout, stderr } = await session.run('kept')
  expect([stdout, stderr]).toEqual(["'kept'\n", ''])
})

test('a listener of the cell has the first interrupt for itself, one of an earlier cell only hears of it', async () => {
  const session = await openSession(options)
  const own = `let heard
process.on('SIGINT', () => { console.log('heard'); heard() })
// A child says it while we already wait: code that runs is broken off, listener or not.
require('child_process').spawn('echo', ['begun'], { stdio: 'inherit' })
await new Promise((done) => { heard = done })
'went on'`
  const { exitCode, stdout } = await runInterrupted(session, own)
  expect([exitCode, stdout]).toEqual([0, "begun\nheard\n'went on'\n"])
  const { stdout: later } = await interruptOnce(session, "console.log('begun'); for (;;);")
  expect(later).toBe('begun\nheard\n')
})

async function interruptOnce(session: Session, code: string) {
  const result = await runInterrupted(session, code)
  expect(result.stderr).toContain('interrupted')
  expect(result.stdout).not.toContain('caught')
  expect(result.exitCode).toBe(1)
  return result
}
