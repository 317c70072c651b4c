import { expect, test } from 'vitest'
import { freePort } from '../harness/ports.ts'
import { openSession, type Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'

/** Answers with the status that the file `health` holds; ends where it holds none. */
const SERVER = `
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        health = open('health').read().strip()
        if health == 'crash': os._exit(3)
        if health == 'hang': import time; time.sleep(600)
        self.send_response(int(health) if self.path == '/health' else 404)
        self.end_headers()
    def log_message(self, *args): pass
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`

interface Check {
  enable?: boolean
  path?: string
  interval?: number
  max_retries?: number
  max_wait_time?: number
}

async function openModels(): Promise<{ session: Session; told: [string, boolean][] }> {
  const session = await openSession({
    runtime: 'app',
    mayWarn: true,
    files: { 'server.py': SERVER, health: '200' },
  })
  session.checker.allowIdle('model-service-status')
  const told: [string, boolean][] = []
  session.client.onResult((result) => {
    if (result.type === 'model-service-status') told.push([result.modelName, result.isHealthy])
  })
  return { session, told }
}

async function start(session: Session, name: string, check?: Check, service: object = {}) {
  const port = await freePort()
  const health_check = check && { path: '/health', interval: 0.1, max_retries: 1, max_wait_time: 1, ...check }
  const start_command = ['python3', 'server.py', '{ports[0]}']
  const outcome = await session.client.startModel({
    name,
    model_path: session.folder,
    service: { start_command, port, health_check, ...service },
  })
  return { port, outcome }
}

test('a model without a health check is healthy once it has started, and not once it has crashed', async () => {
  const { session, told } = await openModels()
  const { port, outcome } = await start(session, 'plain')
  expect(outcome).toEqual({ status: 'started' })
  await until('it is told', () => told.length === 1)
  const { services } = await session.status()
  expect(services).toEqual([{ name: `plain-${port}`, port }])
  await session.exec('pkill -9 -f "server.py [0-9]" || true')
  await until('its end is told', () => told.length === 2)
  expect(told).toEqual([
    ['plain', true],
    ['plain', false],
  ])
})

test('health is told when it changes, and only then', async () => {
  const { session, told } = await openModels()
  await start(session, 'checked', { enable: true })
  await until('it is healthy', () => told.at(-1)?.[1])
  // While it loads it may be found unhealthy.
  told.splice(0, told.length - 1)
  session.write({ health: '503' })
  await until('it is not', () => told.length === 2)
  session.write({ health: '200' })
  await until('it is again', () => told.length === 3)
  session.write({ health: 'hang' })
  await until('it does not answer in time', () => told.length === 4)
  session.write({ health: '200' })
  await until('it answers again', () => told.length === 5)
  session.write({ health: 'crash' })
  await until('it has crashed', () => told.length === 6)
  expect(told.map(([, isHealthy]) => isHealthy)).toEqual([true, false, true, false, true, false])
})

test('several models have a health each', async () => {
  const { session, told } = await openModels()
  await start(session, 'good', { enable: true })
  await start(session, 'bad', { enable: true, path: '/nowhere', max_retries: 0 })
  const health = () => Object.fromEntries(told)
  await until('both are told', () => health().good && health().bad === false)
  expect(told.filter(([name]) => name === 'bad')).toHaveLength(1)
})

test('a model runs in its own folder, after what is to be done before', async () => {
  const { session } = await openModels()
  const { outcome } = await start(session, 'prepared', undefined, {
    start_command: 'pwd > here; cat made >> here; exec python3 server.py {ports[0]}',
    shell: 'sh',
    pre_start_actions: [{ action: 'write_file', args: { filename: 'made', body: ['before'] } }],
  })
  expect(outcome).toEqual({ status: 'started' })
  await until(
    'it has run',
    async () => (await session.exec('cat here')).stdout === `${session.folder}\nbefore\n`,
  )
})

test('a model that runs already says so, and one that cannot start says why', async () => {
  const { session } = await openModels()
  const { port } = await start(session, 'once')
  const again = { name: 'once', model_path: session.folder, service: { start_command: ['x'], port } }
  expect(await session.client.startModel(again)).toEqual({ status: 'running' })
  expect((await start(session, 'missing', undefined, { start_command: ['/no/such'] })).outcome.error).toMatch(
    /no such/,
  )
  expect((await start(session, 'port', undefined, { port: 0 })).outcome.error).toMatch(/service.port/)
  expect((await session.client.startModel({ name: 'form' })).error).toMatch(/model_path/)
})
