import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { Client } from '../../src/client/client.ts'
import { KRUNNER, krunner, serving, temporaryFolder } from '../harness/krunner.ts'
import { processesGone } from '../harness/leaks.ts'
import { freePort, listeningAddresses, portOf, takePort } from '../harness/ports.ts'
import { TAG } from '../harness/processes.ts'
import { seen } from '../harness/seen.ts'
import { openSession } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const APP = { runtime: 'app' }

test('the one line on stdout names the runtime and the ports it took', async () => {
  const folder = temporaryFolder()
  const runner = await serving('serve', 'app', '--port-in', '0', '--port-out', '0', '--work', folder)
  expect(runner.stdout).toBe(`krunner ready runtime=app in=${runner.portIn} out=${runner.portOut}\n`)
  expect(runner.portIn).toBeGreaterThan(0)
  using client = await Client.connect(runner)
  expect((await client.status()).started_at).toBeGreaterThan(0)
})

test('the end of its standard input ends it where that is asked for, with what runs', async () => {
  const folder = temporaryFolder()
  const tag = randomUUID()
  const args = [
    'serve',
    'app',
    '--port-in',
    '0',
    '--port-out',
    '0',
    '--no-intrinsic-services',
    '--work',
    folder,
  ]
  const runner = execa(KRUNNER, [...args, '--until-eof'], {
    env: { [TAG]: tag },
    buffer: false,
    stdin: 'pipe',
  })
  const [line] = await once(runner.stdout, 'data')
  const [, portIn, portOut] = / in=(\d+) out=(\d+)/.exec(String(line)) ?? []
  using client = await Client.connect({ portIn: Number(portIn), portOut: Number(portOut) })
  const { handlers, promise } = seen('begun\n')
  void client.batch({ exec: 'echo begun; sleep 1000' }, handlers).catch(() => {})
  await promise
  runner.stdin.end()
  expect((await runner).exitCode).toBe(0)
  processesGone(tag)
})

test('commands are queued and status answered before the language is up', async () => {
  // A language that takes as long as it wants: its executable waits for a file.
  const wait = 'while [ ! -e go-on ]; do sleep 0.02; done'
  const slow = temporaryFolder({ python: `#!/bin/sh\n${wait}\nexec /usr/bin/python3 "$@"\n` })
  const options = { runtime: 'python', runtimePath: join(slow, 'python'), untilReady: false }
  const session = await openSession(options)
  const result = session.run('6 * 7')
  const status = await session.status()
  expect(status.started_at).toBeGreaterThan(0)
  expect(status.query).toBe('starting')
  session.write({ 'go-on': '' })
  expect((await result).stdout.trim()).toBe('42')
})

test('started_at is on the monotonic clock and does not move', async () => {
  const session = await openSession(APP)
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  const [first, second] = [await session.status(), await session.status()]
  expect(first.started_at).toBe(second.started_at)
  expect(first.started_at).toBeLessThanOrEqual(uptime + 1)
})

test('the log is JSON lines where nobody reads it on a terminal', async () => {
  const session = await openSession({ ...APP, mayWarn: true })
  await session.client.sendRaw(Buffer.from('no-such-type'), Buffer.alloc(0))
  await until('the log has a line', () => session.runner.stderr.endsWith('\n'))
  const lines = session.runner.stderr.trim().split('\n')
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow()
})

test('a warning of the runner reaches the agent as stderr', async () => {
  const session = await openSession({ ...APP, mayWarn: true })
  const { promise, resolve } = Promise.withResolvers<string>()
  session.client.onResult((result) => {
    if (result.type === 'stderr') resolve(Buffer.from(result.data).toString())
  })
  await session.client.sendRaw(Buffer.from('no-such-type'), Buffer.alloc(0))
  expect(await promise).toContain('no-such-type')
})

test.each(['--port-in', '--port-out'])(
  'a port in use is an error that names it and the mend: %s',
  async (option) => {
    const server = await takePort()
    const port = String(portOf(server))
    const other = option === '--port-in' ? '--port-out' : '--port-in'
    const { stdout, stderr, exitCode } = await krunner(
      'serve',
      'python',
      '/usr/bin/python3',
      option,
      port,
      other,
      '0',
    )
    server.close()
    expect([stdout, exitCode === 0]).toEqual(['', false])
    expect(stderr).toContain(port)
    expect(stderr).toMatch(/in use/)
  },
)

test('intrinsic-ports.json says where to listen', async () => {
  const [portIn, portOut] = [await freePort(), await freePort()]
  const ports = JSON.stringify({ replin: portIn, replout: portOut, sshd: 2200, ttyd: 7681 })
  const config = temporaryFolder({ 'intrinsic-ports.json': ports })
  const runner = await serving('serve', 'app', '--config', config, '--work', temporaryFolder())
  expect(runner.stdout).toBe(`krunner ready runtime=app in=${portIn} out=${portOut}\n`)
})

test('serve listens on loopback alone', async () => {
  const session = await openSession(APP)
  expect(listeningAddresses(session.runner.portIn)).toEqual(['127.0.0.1'])
  expect(listeningAddresses(session.runner.portOut)).toEqual(['127.0.0.1'])
})

test('services that there are not are refused with a reason', async () => {
  const session = await openSession(APP)
  const results: unknown[] = []
  session.client.onResult((result) => {
    if (result.type.endsWith('result')) results.push(result)
  })
  await session.client.send({ type: 'start-service', service: { name: 'jupyter', port: 8080 } })
  await session.client.send({ type: 'start-model-service', model: { name: 'm' } })
  await session.client.send({ type: 'get-apps', name: '' })
  await until('all are answered', () => results.length === 3)
  expect(results).toContainEqual({ type: 'apps-result', apps: { status: 'done', data: [] } })
  for (const [type, error] of [
    ['service-result', /no such service/],
    ['model-service-result', /model_path/],
  ] as const)
    expect(results).toContainEqual({
      type,
      outcome: { status: 'failed', error: expect.stringMatching(error) },
    })
})
