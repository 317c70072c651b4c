import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { ServiceInfo } from '../../src/protocol/commands.ts'
import type { ServiceOutcome } from '../../src/protocol/results.ts'
import { freePort, portOf, takePort } from '../harness/ports.ts'
import { openSession, type Session, type SessionOptions } from '../harness/session.ts'
import { until } from '../harness/until.ts'

/** Serves the working folder. */
const WEB = { command: ['python3', '-m', 'http.server', '--bind', '127.0.0.1', '{ports[0]}'] }
/** Prints, and opens its port after a while. */
const SOCAT = { command: 'echo up; exec socat TCP-LISTEN:{ports[0]},bind=127.0.0.1,reuseaddr,fork EXEC:cat' }

const open = (definitions: SessionOptions['definitions'], more: Partial<SessionOptions> = {}) =>
  openSession({ runtime: 'app', mayWarn: true, definitions: definitions ?? {}, ...more })

async function start(
  session: Session,
  name: string,
  more: Partial<ServiceInfo> = {},
): Promise<ServiceOutcome & { port: number }> {
  const port = more.port ?? (await freePort())
  const outcome = await session.client.startService({ name, port, protocol: 'http', ...more })
  return { ...outcome, port }
}

const text = async (port: number, path = '') => (await fetch(`http://127.0.0.1:${port}/${path}`)).text()

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  return answer
}

describe('a service', () => {
  test('has started once its port is open, runs when asked again, and stops', async () => {
    const session = await open({ web: WEB }, { files: { 'a.txt': 'here' } })
    const { status, port } = await start(session, 'web')
    expect(status).toBe('started')
    expect(await text(port, 'a.txt')).toBe('here')
    expect(await start(session, 'web', { port })).toMatchObject({ status: 'running' })
    await session.client.stopService('web')
    await until('it is gone', async () => !(await isOpen(port)))
    expect(await start(session, 'web', { port })).toMatchObject({ status: 'started' })
  })

  test('over tcp carries what is sent', async () => {
    const session = await open({ echo: SOCAT })
    const { status, port } = await start(session, 'echo', { protocol: 'tcp' })
    expect(status).toBe('started')
    const socket = connect(port, '127.0.0.1')
    socket.write('there and back')
    const [chunk] = await once(socket, 'data')
    expect(String(chunk)).toBe('there and back')
    socket.destroy()
  })

  test('that the user starts is started at once', async () => {
    const session = await open({})
    expect(await start(session, 'mine', { protocol: 'preopen' })).toMatchObject({ status: 'started' })
    expect(session.processes).toEqual([])
  })

  test('that starts nothing is started at once', async () => {
    const session = await open({ nothing: { noop: true, url_template: 'http://{host}/' } })
    expect(await start(session, 'nothing')).toMatchObject({ status: 'started' })
  })

  test('is started once, however many ask at the same time', async () => {
    const session = await open({ web: { ...WEB, prestart: [count()] } })
    const port = await freePort()
    const outcomes = await together(
      session,
      [port, port, port].map((one) => ({ name: 'web', port: one, protocol: 'http' })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['running', 'running', 'started'])
    const { stdout } = await session.exec('cat count')
    expect(stdout).toBe('started\n')
  })

  test('starts beside others, whichever takes longer', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `web${index}`)
    const session = await open(Object.fromEntries(names.map((name) => [name, SOCAT])))
    const services = await Promise.all(
      names.map(async (name) => ({ name, port: await freePort(), protocol: 'tcp' as const })),
    )
    const outcomes = await together(session, services)
    expect(outcomes.map(({ error, status }) => error ?? status)).toEqual(names.map(() => 'started'))
    for (const { port } of services) expect(await isOpen(port)).toBe(true)
  })

  test('whose process ends is told with its code, and can be started again', async () => {
    const session = await open({
      web: { command: `${SOCAT.command} & sleep 1; echo last words >&2; kill %1; exit 7` },
    })
    expect(await start(session, 'web')).toMatchObject({ status: 'started' })
    await until('its end is logged', () => /exited with code 7.*last words/s.test(session.runner.stderr))
    expect(await start(session, 'web')).toMatchObject({ status: 'started' })
  })

  test('that ignores TERM is ended all the same, and what it started too', async () => {
    const session = await open({ deaf: { command: `trap "" TERM; setsid sleep 600 & ${SOCAT.command}` } })
    const { port } = await start(session, 'deaf')
    await session.client.stopService('deaf')
    await until('all of it is gone', async () => !(await isOpen(port)) && session.processes.length === 0)
  })
})

describe('a definition', () => {
  test('has its variables, templates, arguments and environment filled in', async () => {
    const session = await open({
      shown: {
        command: [
          'sh',
          '-c',
          'echo "$0" "$@" "$GREETING" "$ASKED" > shown; exec python3 -m http.server --bind 127.0.0.1 {ports[0]}',
          '{word[out]}',
        ],
        prestart: [
          { action: 'run_command', args: { command: ['printf', 'from a command'] }, ref: 'word' },
          { action: 'mkdir', args: { path: 'deep/er' } },
          {
            action: 'write_file',
            args: {
              filename: 'deep/er/file',
              body: ['port {ports[0]}', '{{}} $' + '{{ word[out] }}'],
              mode: '600',
            },
          },
          {
            action: 'write_file',
            args: { filename: 'deep/er/file', body: ['more'], append: true, mode: '600' },
          },
          { action: 'write_tempfile', args: { body: ['a', 'b'] }, ref: 'temporary' },
          { action: 'run_command', args: { command: ['cp', '{temporary}', 'copy'] } },
          { action: 'log', args: { message: 'port {ports[0]} it is' } },
        ],
        env: { GREETING: 'hello {ports[0]}' },
        default_arguments: { '--flag': null, '--one': '1', '--many': ['2', '3'] },
        allowed_arguments: ['--one'],
        allowed_envs: ['ASKED', 'HOME'],
      },
    })
    const port = await freePort()
    const options = { arguments: { '--one': 'mine' }, envs: { ASKED: 'for' } }
    expect(await start(session, 'shown', { port, options })).toMatchObject({ status: 'started' })
    const { stdout } = await session.exec('cat shown deep/er/file copy; stat -c %a deep/er/file')
    expect(stdout).toBe(
      `from a command --flag --one mine --many 2 3 hello ${port} for\nport ${port}\n{} from a command\nmore\nab600\n`,
    )
    expect(session.runner.stderr).toContain(`port ${port} it is`)
  })

  test('without a shell is split as one would split it', async () => {
    const session = await open({
      split: {
        shell: '',
        command: `sh -c 'echo "$0" > word; exec python3 -m http.server --bind 127.0.0.1 {ports[0]}' "two words"`,
      },
    })
    expect(await start(session, 'split')).toMatchObject({ status: 'started' })
    expect((await session.exec('cat word')).stdout).toBe('two words\n')
  })

  test('that is bad is told with its file and field, and hides no other', async () => {
    const session = await open({
      good: { ...WEB, url_template: 'http://{host}:{port}/', allowed_arguments: ['-d'], allowed_envs: ['A'] },
      'no-json': '{"command": ',
      unknown: { ...WEB, colour: 'red' },
      action: { ...WEB, prestart: [{ action: 'reboot', args: {} }] },
      type: { command: 3 },
      mode: { ...WEB, prestart: [{ action: 'write_file', args: { filename: 'a', body: [], mode: 'rwx' } }] },
    })
    expect(await session.client.apps()).toEqual([
      { name: 'good', url_template: 'http://{host}:{port}/', allowed_arguments: ['-d'], allowed_envs: ['A'] },
    ])
    expect(await session.client.apps('nobody')).toEqual([])
    for (const told of [
      'no-json.json',
      "'colour'",
      "'prestart.0.action'",
      "'command'",
      "'prestart.0.args.mode'",
    ])
      expect(session.runner.stderr).toContain(told)
  })
})

describe('what cannot be started is told with the reason', () => {
  test.each([
    ['an unknown variable', { command: ['{nowhere}'] }, /'nowhere'.*ports, runtime_path/],
    ['a part that there is not', { command: ['{ports[7]}'] }, /ports\[7\].*'7'/],
    ['a lone brace', { command: ['sh', '-c', '} {'] }, /brace/],
    ['an executable that is missing', { command: ['/no/such/program'] }, /\/no\/such\/program.*no such file/],
    ['one that is not executable', { command: ['/etc/passwd'] }, /\/etc\/passwd.*not executable/],
    ['one that exits at once', { command: 'echo the reason >&2; exit 3' }, /exited with code 3.*the reason/s],
    ['one that is killed', { command: 'kill -9 $$' }, /SIGKILL/],
  ])('%s', async (_, definition, reason) => {
    const session = await open({ bad: definition })
    const { status, error } = await start(session, 'bad')
    expect(status).toBe('failed')
    expect(error).toMatch(reason)
    expect(session.processes).toEqual([])
  })

  test('an argument or a variable that is not allowed', async () => {
    const session = await open({ web: { ...WEB, allowed_envs: ['PATH'], allowed_arguments: ['--ok'] } })
    expect((await start(session, 'web', { options: { arguments: { '--no': null } } })).error).toMatch(
      /--no.*allowed are --ok/,
    )
    expect((await start(session, 'web', { options: { envs: { LD_PRELOAD: 'x' } } })).error).toMatch(
      /LD_PRELOAD.*allowed are PATH/,
    )
    expect((await start(session, 'web', { options: { envs: { PATH: '/tmp' } } })).error).toMatch(
      /PATH.*overwritten/,
    )
  })

  test('a service that nobody knows, also one with a path for a name', async () => {
    const session = await open({ web: WEB })
    expect((await start(session, 'nowhere')).error).toMatch(/nowhere.*there are: web/)
    expect((await start(session, '../../etc/passwd')).error).toMatch(/there is no/)
  })

  test('a port that is in use, out of range, or the runner’s own', async () => {
    const session = await open({ web: WEB })
    const server = await takePort()
    expect((await start(session, 'web', { port: portOf(server) })).error).toMatch(/in use/)
    server.close()
    for (const port of [0, -1, 65536, 1.5])
      expect((await start(session, 'web', { port })).error).toMatch(/port/)
    expect((await start(session, 'web', { port: session.runner.portIn })).error).toMatch(/own/)
  })

  test('one that never opens its port, after its time', { timeout: 60_000 }, async () => {
    const session = await open({ never: { command: 'echo still loading; sleep 600' } })
    expect((await start(session, 'never')).error).toMatch(/did not open port \d+ within 30 s/)
    expect(session.processes).toEqual([])
  })

  test('one that is shut down while it starts', async () => {
    const session = await open({ slow: { command: 'sleep 600' } })
    const outcome = start(session, 'slow')
    await until('it has begun', () => session.processes.length > 0)
    await session.client.stopService('slow')
    expect((await outcome).error).toMatch(/shut down/)
    await until('nothing is left', () => session.processes.length === 0)
  })
})

test('Jupyter is started by its name', { timeout: 60_000 }, async () => {
  const session = await openSession({ runtime: 'python', runtimePath: '/usr/bin/python3', mayWarn: true })
  const { status, error, port } = await start(session, 'jupyter')
  expect(error).toBeUndefined()
  expect(status).toBe('started')
  expect(await text(port, 'api')).toContain('version')
})

test('a session that ends takes its services with it', async () => {
  const session = await open({ deaf: { command: `trap "" TERM; ${SOCAT.command}` } })
  await start(session, 'deaf')
  await session.end()
})

/** Leaves a line in the file `count`. */
function count() {
  return { action: 'write_file', args: { filename: 'count', body: ['started'], append: true } }
}

/** Asked for all at once; the answers in the order in which they come. */
async function together(session: Session, services: readonly ServiceInfo[]): Promise<ServiceOutcome[]> {
  const outcomes: ServiceOutcome[] = []
  const stop = session.client.onResult((result) => {
    if (result.type === 'service-result') outcomes.push(result.outcome)
  })
  for (const service of services)
    await session.client.send({ type: 'start-service', service: { ...service } })
  await until('all have answered', () => outcomes.length === services.length)
  stop()
  return outcomes
}
