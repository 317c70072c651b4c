/** A runner that cannot work as it was told to. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Client } from '../../src/client/client.ts'
import { krunner, serving, servingAs, temporaryFolder } from '../harness/krunner.ts'
import { openSession } from '../harness/session.ts'

const SERVE = ['serve', '--port-in', '0', '--port-out', '0']

test('an unknown runtime type is an error that names the known ones', async () => {
  const { exitCode, stderr, stdout } = await krunner(...SERVE, 'cobol')
  expect([exitCode === 0, stdout]).toEqual([false, ''])
  expect(stderr).toMatch(/'cobol'.*python/s)
})

test('a working folder that is a file: the runner serves, and says it to whoever wants to run something', async () => {
  const file = join(temporaryFolder({ 'a-file': '' }), 'a-file')
  const runner = await serving(...SERVE, 'python', '/usr/bin/python3', '--work', file)
  using client = await Client.connect(runner)
  expect((await client.status()).started_at).toBeGreaterThan(0)
  const steps = [(await client.batch({ exec: 'true' })).exec, await client.run('1 + 1')]
  for (const { exitCode, stderr } of steps) {
    expect(exitCode).toBe(127)
    expect(stderr).toContain(file)
  }
})

test.runIf(process.getuid?.() === 0)('a working folder that is not ours: so too', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o700)
  const runner = await servingAs(65_534, ...SERVE, 'app', '--work', folder)
  using client = await Client.connect(runner)
  const { exec } = await client.batch({ exec: 'true' })
  expect(exec.exitCode).toBe(127)
  expect(exec.stderr).toContain(folder)
})

test.each([
  ['--port-in', '70000'],
  ['--port-out', 'seventy'],
  ['--spool-limit', 'much'],
])('%s %s is an error that names the option', async (option, value) => {
  const { exitCode, stderr } = await krunner('serve', 'app', option, value)
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain(option)
  expect(stderr).toContain(value)
})

test('a missing runtime path: code says so with 127, and explicit commands run', async () => {
  const session = await openSession({ runtime: 'python', runtimePath: '/no/such/python', mayWarn: true })
  const { exitCode, stderr } = await session.run('1 + 1')
  expect(exitCode).toBe(127)
  expect(stderr).toContain('/no/such/python')
  expect((await session.exec('echo next')).stdout).toBe('next\n')
})

test('an address that is not ours is an error that names it', async () => {
  const { exitCode, stderr } = await krunner(...SERVE, 'app', '--listen', 'nowhere at all')
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain('cannot listen on nowhere at all')
})

interface BadDriver {
  what: string
  /** Takes the place of the language's executable; 3 is read, 4 is written. */
  script: string
  says: RegExp
}

const READY = String.raw`printf 'ready 4\nfake' >&4; read -r line <&3`

const BAD_DRIVERS: BadDriver[] = [
  { what: 'dies at start', script: 'echo "no libraries here" >&2; exit 3', says: /no libraries here/ },
  { what: 'is killed at start', script: 'kill -9 $$', says: /SIGKILL/ },
  { what: 'says nothing that is a frame', script: 'echo "hello world" >&4; cat <&3', says: /protocol/ },
  { what: 'sends bytes', script: 'head -c 100000 /dev/urandom >&4; cat <&3', says: /protocol/ },
  { what: 'announces too much', script: 'echo "ready 99999999999" >&4; cat <&3', says: /protocol/ },
  { what: 'announces less than nothing', script: 'echo "ready -5" >&4; cat <&3', says: /protocol/ },
  {
    what: 'never ends its line',
    script: 'yes | tr -d "\\n" >&4',
    says: /protocol/,
  },
  { what: 'ends another cell', script: `${READY}; printf 'done 4711 0 0\\n' >&4; cat <&3`, says: /protocol/ },
  { what: 'ends with no code', script: `${READY}; printf 'done x y 0\\n' >&4; cat <&3`, says: /protocol/ },
  {
    what: 'breaks off in a frame',
    script: `${READY}; printf 'done 1' >&4; exit 9`,
    says: /exited with code 9/,
  },
]

test.each(BAD_DRIVERS)('a driver that $what ends the cell with the cause', async ({ script, says }) => {
  const session = await openSession({ ...pythonThat(script), untilReady: false, mayWarn: true })
  const { exitCode, stderr } = await session.run('1 + 1')
  expect(exitCode).not.toBe(0)
  expect(stderr).toMatch(says)
  expect((await session.exec('echo next')).stdout).toBe('next\n')
  // A second cell is answered too.
  expect((await session.run('1 + 1')).exitCode).not.toBe(0)
})

test('a driver that hangs at start is ended after its time, and the cell says so', async () => {
  const session = await openSession({ ...pythonThat('exec sleep 1000'), untilReady: false, mayWarn: true })
  const { exitCode, stderr } = await session.run('1 + 1')
  expect(exitCode).toBe(127)
  expect(stderr).toMatch(/not ready within 30 s/)
  expect((await session.exec('echo next')).stdout).toBe('next\n')
})

test('a driver that hangs at start: an interrupt ends the cell that waits for it', async () => {
  const session = await openSession({ ...pythonThat('exec sleep 1000'), untilReady: false, mayWarn: true })
  const result = session.run('1 + 1')
  expect((await session.status()).query).toBe('starting')
  await session.client.interrupt()
  expect((await result).exitCode).not.toBe(0)
  expect((await session.exec('echo next')).stdout).toBe('next\n')
})

function pythonThat(script: string): { runtime: string; runtimePath: string } {
  const folder = temporaryFolder({ 'bad-python': `#!/bin/sh\n${script}\n` })
  return { runtime: 'python', runtimePath: join(folder, 'bad-python') }
}
