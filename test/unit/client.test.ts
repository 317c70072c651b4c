import { expect, onTestFinished, test } from 'vitest'
import { Client, type ClientOptions } from '../../src/client/client.ts'
import type { Result } from '../../src/protocol/results.ts'
import { openPeer, type Peer } from '../harness/peer.ts'

async function connectedPeer(options?: ClientOptions): Promise<{ peer: Peer; client: Client }> {
  const peer = await openPeer()
  const client = await Client.connect(peer, options)
  onTestFinished(() => client.close())
  return { peer, client }
}

const stdout = (data: string | Uint8Array): Result => ({ type: 'stdout', data: Buffer.from(data) })
const finished: Result = { type: 'finished', exitCode: 0 }
const question: Result = { type: 'waiting-input', isPassword: false }
const status: Result = { type: 'status', status: { started_at: 1 } }

test('cells that are sent at once end in order, each with its own results', async () => {
  const { peer, client } = await connectedPeer()
  const cells = Promise.all([client.run('one'), client.run('two')])
  expect(await peer.command()).toEqual({ type: 'code', source: 'one' })
  expect(await peer.command()).toEqual({ type: 'code', source: 'two' })
  await peer.send(stdout('of one'), finished, stdout('of two'), { type: 'finished', exitCode: 3 })
  expect(await cells).toMatchObject([
    { stdout: 'of one', exitCode: 0, results: [{ type: 'stdout' }, { type: 'finished' }] },
    { stdout: 'of two', exitCode: 3, results: [{ type: 'stdout' }, { type: 'finished' }] },
  ])
})

test('a character that is cut over two messages is whole in the step', async () => {
  const { peer, client } = await connectedPeer()
  const cell = client.run('')
  const bytes = Buffer.from('\ufeff日本')
  await peer.send(stdout(bytes.subarray(0, 4)), stdout(bytes.subarray(4)), finished)
  expect((await cell).stdout).toBe('\ufeff日本')
})

test('the end of a step that another agent sent ends none of ours', async () => {
  const { peer, client } = await connectedPeer()
  const cell = client.run('')
  await peer.send({ type: 'build-finished', exitCode: 1 }, finished)
  expect((await cell).exitCode).toBe(0)
})

test('a step that keeps nothing still shows its results as they come', async () => {
  const { peer, client } = await connectedPeer()
  const seen: string[] = []
  const cell = client.run('', { keep: false, onResult: ({ type }) => void seen.push(type) })
  await peer.send(stdout('much'), finished)
  expect(await cell).toEqual({ exitCode: 0, stdout: '', stderr: '', results: [] })
  expect(seen).toEqual(['stdout', 'finished'])
})

test('what is no message of the protocol is told, and the next one is read', async () => {
  const problems: string[] = []
  const { peer, client } = await connectedPeer({ onProblem: ({ message }) => problems.push(message) })
  const answer = client.status()
  await peer.sendRaw(Buffer.from('stdout'))
  await peer.sendRaw(Buffer.from('nonsense'), Buffer.from(''))
  await peer.sendRaw(Buffer.from('finished'), Buffer.from('{"exitCode": "none"}'))
  await peer.send(status)
  expect(await answer).toEqual({ started_at: 1 })
  expect(problems).toEqual([
    expect.stringContaining('exactly 2 frames'),
    expect.stringContaining("unknown message type 'nonsense'"),
    expect.stringContaining('exitCode'),
  ])
})

test('a listener that throws costs no step its end', async () => {
  const problems: string[] = []
  const { peer, client } = await connectedPeer({ onProblem: ({ message }) => problems.push(message) })
  client.onResult(() => {
    throw new Error('of the listener')
  })
  const cell = client.run('')
  await peer.send(finished)
  expect((await cell).exitCode).toBe(0)
  expect(problems).toEqual(['of the listener'])
})

test('the promise of a listener holds back the next result', async () => {
  const { peer, client } = await connectedPeer()
  const gate = Promise.withResolvers<void>()
  const seen: string[] = []
  client.onResult(async ({ type }) => {
    seen.push(type)
    await gate.promise
  })
  const cell = client.run('')
  await peer.send(stdout('1'), finished)
  // Whatever comes back to us from elsewhere has had its turn.
  await client.send({ type: 'status' })
  await peer.command()
  await peer.command()
  expect(seen.length).toBeLessThanOrEqual(1)
  gate.resolve()
  await cell
  expect(seen).toEqual(['stdout', 'finished'])
})

test('a paused client gives nothing on until it is resumed', async () => {
  const { peer, client } = await connectedPeer()
  const seen: string[] = []
  client.onResult(({ type }) => void seen.push(type))
  client.pause()
  const answer = client.status()
  await peer.command()
  await peer.send(status)
  await client.interrupt()
  await peer.command()
  expect(seen).toEqual([])
  client.resume()
  await answer
  expect(seen).toEqual(['status'])
})

test('a question tells its prompt, the last line of what was printed', async () => {
  const { peer, client } = await connectedPeer()
  const prompts: string[] = []
  const cell = client.run('', {
    onQuestion: ({ prompt }) => {
      prompts.push(prompt)
      return 'answer'
    },
  })
  await peer.command()
  await peer.send(stdout('a line\nFirst'), stdout('? '), question)
  expect(await peer.command()).toEqual({ type: 'input', text: 'answer' })
  await peer.send({ type: 'stderr', data: Buffer.from('On stderr? ') }, question, finished)
  await cell
  expect(prompts).toEqual(['First? ', 'On stderr? '])
})

test('an answer that comes when its question is over is not sent', async () => {
  const { peer, client } = await connectedPeer()
  const cell = client.run('', {
    onQuestion: ({ signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('too late'))),
  })
  await peer.command()
  await peer.send(question, finished)
  await cell
  const next = client.run('next')
  expect(await peer.command()).toEqual({ type: 'code', source: 'next' })
  await peer.send(finished)
  await next
})

test('an answer that fails fails the step', async () => {
  const { peer, client } = await connectedPeer()
  const cell = client.run('', { onQuestion: () => Promise.reject(new Error('nobody there')) })
  await peer.send(question)
  await expect(cell).rejects.toThrow('nobody there')
})

test('completions and statuses are answered in order', async () => {
  const { peer, client } = await connectedPeer()
  const answers = Promise.all([
    client.complete({ code: 'a' }),
    client.status(),
    client.complete({ code: 'b' }),
  ])
  await peer.send(
    status,
    { type: 'completion', suggestions: ['a1'] },
    { type: 'completion', suggestions: ['b1', 'b2'] },
  )
  expect(await answers).toEqual([['a1'], { started_at: 1 }, ['b1', 'b2']])
})

test('a closed client rejects what waits, and what comes after', async () => {
  const { client } = await connectedPeer()
  const waiting = [client.run(''), client.batch({}), client.complete({ code: '' }), client.status()]
  client.close()
  const late = [client.run(''), client.complete({ code: '' }), client.status(), client.interrupt()]
  for (const promise of [...waiting, ...late]) await expect(promise).rejects.toThrow('this client is closed')
})
