/** The checker of the other tests must itself see what is wrong. */
import { expect, test } from 'vitest'
import { encodeCommand } from '../../src/protocol/codec.ts'
import type { Result } from '../../src/protocol/results.ts'
import { ProtocolChecker } from '../harness/checker.ts'
import { Numbers } from '../harness/numbers.ts'

const text = (data: string): Result => ({ type: 'stdout', data: Buffer.from(data) })
const finished: Result = { type: 'finished', exitCode: 0 }
const exec = encodeCommand({ type: 'exec', command: 'true' })
const build = encodeCommand({ type: 'build', command: 'true' })

function verdict(sent: Uint8Array[][], received: Result[]): () => void {
  const checker = new ProtocolChecker()
  for (const frames of sent) checker.sent(frames)
  for (const result of received) checker.received(result)
  return () => checker.verify()
}

test('a step with output and its end is fine', () => {
  expect(verdict([exec], [text('a'), finished])).not.toThrow()
})

test.each<[string, Uint8Array[][], Result[], RegExp]>([
  ['a step without an end', [exec, exec], [finished], /no answer to finished/],
  ['an end that nobody waits for', [exec], [finished, finished], /'finished' where nothing was due/],
  ['ends in another order', [build, exec], [finished], /'finished' where 'build-finished' was due/],
  ['output after the end', [exec], [finished, text('late')], /'stdout' "late" outside of any step/],
  [
    'a question after the end',
    [exec],
    [finished, { type: 'waiting-input', isPassword: false }],
    /outside of any/,
  ],
  ['a message above 1 MiB', [exec], [text('x'.repeat(1024 * 1024 + 1)), finished], /the limit is 1048576/],
  ['an empty message', [exec], [text(''), finished], /an empty 'stdout'/],
  ['an impossible exit code', [exec], [{ type: 'finished', exitCode: -9 }], /exit code -9/],
])('%s is seen', (_, sent, received, says) => {
  expect(verdict(sent, received)).toThrow(says)
})

test('frames that are no step open none', () => {
  expect(verdict([[Buffer.from('explode'), Buffer.alloc(0)], [Buffer.from('exec')]], [])).not.toThrow()
})

test('numbers that miss one, or come twice, are seen over the borders of chunks', () => {
  const numbers = new Numbers()
  for (const chunk of ['1\n2\n', '3', '\n4\n6\n6\n']) numbers.feed(Buffer.from(chunk))
  expect(numbers.gaps).toEqual(["'6' after 4", "'6' after 6"])
})

test('after a cut the numbers go on from any place', () => {
  const numbers = new Numbers()
  numbers.resume()
  for (const chunk of ['23\n', '124\n125\n', '126\n']) numbers.feed(Buffer.from(chunk))
  expect([numbers.gaps, numbers.last]).toEqual([[], 126])
})
