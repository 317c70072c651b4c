import { expect, test } from 'vitest'
import { compiled } from '../fixtures/compiled.ts'
import { Numbers } from '../harness/numbers.ts'
import { seen } from '../harness/seen.ts'
import { openSession } from '../harness/session.ts'

const APP = { runtime: 'app' }
const WAIT = 'while [ ! -e go-on ]; do sleep 0.01; done'

test('a lone line leaves while its program still runs', async () => {
  const session = await openSession(APP)
  const { handlers, promise } = seen('first\n')
  const result = session.exec(`echo first; ${WAIT}; echo second`, handlers)
  await promise
  session.write({ 'go-on': '' })
  expect((await result).stdout).toBe('first\nsecond\n')
})

test('a lone word without a newline leaves too', async () => {
  const session = await openSession(APP)
  const { handlers, promise } = seen('word')
  const result = session.exec(`printf word; ${WAIT}`, handlers)
  await promise
  session.write({ 'go-on': '' })
  expect((await result).stdout).toBe('word')
})

test('many small writes become few messages', async () => {
  const session = await openSession(APP)
  const lines = 200_000
  const { stdout, results } = await session.exec(`${compiled('writes-small.c')} ${lines}`)
  expect(stdout.length).toBe(lines * 10)
  expect(results.length).toBeLessThan(lines / 50)
})

test('a flood arrives whole and in order, before its end is told', async () => {
  const session = await openSession(APP)
  const numbers = new Numbers()
  const { exitCode } = await session.exec('seq 1 8000000', {
    keep: false,
    onResult: (result) => {
      if (result.type === 'stdout') numbers.feed(result.data)
    },
  })
  expect(exitCode).toBe(0)
  expect(numbers.gaps).toEqual([])
  expect(numbers.last).toBe(8_000_000)
})

test('both streams are whole, each in its own order', async () => {
  const session = await openSession(APP)
  const { stdout, stderr } = await session.exec('seq 1 100000 >&2 & seq 1 100000; wait')
  expect(stdout).toBe(stderr)
  expect(stdout.split('\n').length).toBe(100_001)
})

test('bytes that are no text pass as they are', async () => {
  const session = await openSession(APP)
  const bytes: Buffer[] = []
  await session.exec(String.raw`printf '\000\377\376\303'; printf '\251\n'`, {
    onResult: (result) => {
      if (result.type === 'stdout') bytes.push(Buffer.from(result.data))
    },
  })
  expect(Buffer.concat(bytes)).toEqual(Buffer.from([0x00, 0xff, 0xfe, 0xc3, 0xa9, 0x0a]))
})

test.each([1, 4096, 65_536, 65_537, 1_048_576, 1_048_577])(
  'exactly %i bytes of output are exactly as many on arrival',
  async (size) => {
    const session = await openSession(APP)
    const { stdout } = await session.exec(`head -c ${size} /dev/zero | tr '\\0' x`)
    expect(stdout.length).toBe(size)
  },
)

test('what is written right before the exit is there, a hundred times', async () => {
  const session = await openSession(APP)
  const steps = Array.from({ length: 100 }, (_, index) => session.exec(`seq 1 3000; echo ${index} >&2`))
  for (const [index, { stdout, stderr }] of (await Promise.all(steps)).entries()) {
    expect(stdout.length).toBe(13_893)
    expect(stderr).toBe(`${index}\n`)
  }
})
