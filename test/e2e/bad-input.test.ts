/** Whatever arrives: a clear message, the daemon alive, and the next command served. */
import { expect, test } from 'vitest'
import { openSession, type Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const APP = { runtime: 'app' }
const PYTHON = { runtime: 'python', runtimePath: '/usr/bin/python3' }
const MEBIBYTE = 1024 * 1024

type Frames = [what: string, frames: (string | Buffer)[], says: RegExp]

const DROPPED: Frames[] = [
  ['one frame', ['status'], /2 frames/],
  ['three frames', ['exec', 'echo no', 'echo no'], /2 frames/],
  ['an unknown type', ['explode', ''], /unknown message type 'explode'/],
  ['a type of bytes', [Buffer.from([0xff, 0x00]), ''], /unknown message type/],
  ['bad UTF-8 in a command', ['exec', Buffer.from([0x65, 0xff, 0xfe])], /'exec' is not valid UTF-8/],
  ['bad UTF-8 in a cell', ['code', Buffer.from([0xc3])], /'code' is not valid UTF-8/],
  ['truncated JSON', ['complete', '{"code": "a'], /'complete' does not parse as JSON/],
  ['JSON of another form', ['complete', '[1, 2]'], /'complete' is not of its form/],
  ['an event without a type', ['event', '{"data": 1}'], /'event' is not of its form/],
  ['a service that is no object', ['start-service', '"jupyter"'], /'start-service' is not of its form/],
]

test.each(DROPPED)('%s: dropped with a warning, and the next command is served', async (_, frames, says) => {
  const session = await openSession(APP)
  const warning = warningOf(session, says)
  await session.client.sendRaw(...frames.map((frame) => Buffer.from(frame as string)))
  await warning
  await expectAlive(session)
})

test('a cell of 64 MiB is refused with the limit and the mend', async () => {
  const session = await openSession(PYTHON)
  const { stderr, exitCode } = await session.run(`text = '${'x'.repeat(64 * MEBIBYTE)}'\nlen(text)`)
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/limit is 32 Mi; write it to a file/)
  expect((await session.run('6 * 7')).stdout).toBe('42\n')
})

test('a NUL byte in a cell is an error that says where it is', async () => {
  const session = await openSession(PYTHON)
  const { stderr, exitCode } = await session.run('1 +\0 1')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/NUL|null byte/i)
  expect((await session.run('6 * 7')).stdout).toBe('42\n')
})

test('a NUL byte in a command is an error that says where it is', async () => {
  const session = await openSession(APP)
  const { stderr, exitCode } = await session.exec('echo a\0b')
  expect(exitCode).not.toBe(0)
  expect(stderr).toMatch(/NUL byte at offset 6/)
  await expectAlive(session)
})

test('an answer that nobody asked for is dropped, and not taken for the next question’s', async () => {
  const session = await openSession({ ...APP, mayWarn: true })
  await session.client.input('too early')
  const { stdout } = await session.exec('read -r line; echo "[$line]"', { onQuestion: () => 'in time' })
  expect(stdout).toBe('[in time]\n')
  await until('the log says so', () => /input was dropped/.test(session.runner.stderr))
})

test('an answer that comes before its question, in the same step, is its answer', async () => {
  const session = await openSession(APP)
  const gate = 'while [ ! -e go-on ]; do sleep 0.01; done'
  let hasTyped = false
  const result = session.exec(`echo begun; ${gate}; read -r line; echo "[$line]"`, {
    onResult: async ({ type }) => {
      if (type !== 'stdout' || hasTyped) return
      hasTyped = true
      await session.client.input('ahead')
      session.write({ 'go-on': '' })
    },
    onQuestion: () => 'asked',
  })
  expect((await result).stdout).toMatch(/^begun\n\[(ahead|asked)\]\n$/)
})

test('a thousand commands at once are a thousand answers, in order', async () => {
  const session = await openSession(APP)
  const numbers = Array.from({ length: 1000 }, (_, index) => index % 256)
  const results = await Promise.all(numbers.map((number) => session.exec(`exit ${number}`)))
  expect(results.map(({ exitCode }) => exitCode)).toEqual(numbers)
})

test('an interrupt with nothing running does nothing', async () => {
  for (const options of [APP, PYTHON]) {
    const session = await openSession(options)
    for (let time = 0; time < 10; time++) await session.client.interrupt()
    await expectAlive(session)
  }
})

test.each([
  { code: 'im', row: 99, col: 99 },
  { code: '', row: 0, col: 5, line: 'x', post: 'y' },
  { code: 'é🐢.', row: 0, col: 3 },
])('a request to complete where there is nothing is answered: %j', async (request) => {
  const session = await openSession(PYTHON)
  expect(await session.client.complete(request)).toEqual(expect.any(Array))
  await expectAlive(session)
})

/** Resolves with the warning that the agent is sent. */
function warningOf(session: Session, says: RegExp): Promise<string> {
  session.checker.allowIdle('stderr')
  return new Promise((resolve) => {
    let text = ''
    session.client.onResult((result) => {
      if (result.type === 'stderr') text += Buffer.from(result.data).toString()
      if (says.test(text)) resolve(text)
    })
  })
}

async function expectAlive(session: Session): Promise<void> {
  expect((await session.exec('echo next')).stdout).toBe('next\n')
  expect((await session.status()).started_at).toBeGreaterThan(0)
}
