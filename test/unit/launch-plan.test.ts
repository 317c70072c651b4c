/** What a launch makes of an image and of what was asked. */
import { expect, test } from 'vitest'
import { fixedLimits } from '../../src/cli/launch/limits.ts'
import type { Engine } from '../../src/image/launch/request.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import { type Case, command, FREE, flags, plan } from './launch-case.ts'

const AGENTS = '/opt/backend.ai/bin/python -s -m ai.backend.kernel --until-eof'
const IMAGE = 'registry.example.org/python:3.11'

test('a container is started as an agent starts it', () => {
  const made = plan({ labels: { 'runtime-type': 'python', 'runtime-path': '/usr/bin/python3' } })
  expect(made.argv.slice(0, 2)).toEqual(['podman', 'run'])
  expect(made.argv).toContain(IMAGE)
  expect(made.argv).toContain('--rm')
  expect(flags(made, '--entrypoint')).toEqual(['/opt/kernel/entrypoint.sh'])
  expect(flags(made, '--stop-signal')).toEqual(['SIGINT'])
  expect(flags(made, '--user')).toEqual(['0:0'])
  expect(flags(made, '--volume')).toEqual([
    '/tree/opt/backend.ai:/opt/backend.ai:ro',
    '/tree/opt/kernel:/opt/kernel:ro',
    '/tmp/scratch/config:/home/config:ro',
    '/tmp/scratch/work:/home/work',
  ])
  expect(flags(made, '--env')).toContain('LD_PRELOAD=/opt/kernel/libbaihook.so')
  expect(flags(made, '--env')).toContain('BACKENDAI_CLUSTER_HOST=main1')
  expect(flags(made, '--security-opt')).toEqual([])
  expect(command(made)).toBe(`${AGENTS} python /usr/bin/python3`)
})

test.each<[string, Case, string]>([
  ['no label', {}, 'app'],
  ['a type that was asked for', { options: { runtimeType: 'nodejs' } }, 'nodejs'],
  ['a label', { labels: { 'runtime-type': 'lua' } }, 'lua'],
  [
    'a path of the label',
    { labels: { 'runtime-type': 'lua', 'runtime-path': '/usr/bin/lua' } },
    'lua /usr/bin/lua',
  ],
  [
    'another type: the path of the label is not its',
    { labels: { 'runtime-type': 'lua', 'runtime-path': '/usr/bin/lua' }, options: { runtimeType: 'git' } },
    'git',
  ],
  [
    'another path',
    {
      labels: { 'runtime-type': 'lua', 'runtime-path': '/usr/bin/lua' },
      options: { runtimePath: '/opt/lua', debug: true },
    },
    '--debug lua /opt/lua',
  ],
])('the runtime of %s', (_, given, words) => {
  expect(command(plan(given))).toBe(`${AGENTS} ${words}`)
})

const SERVICES = { 'service-ports': 'jupyter:http:8080,ipython:pty:3000,triton:preopen:[8000,8001]' }

test('services, the terminal and ssh are on free ports of loopback', () => {
  const made = plan({ labels: SERVICES })
  const published = flags(made, '--publish')
  expect(published).toHaveLength(8)
  expect(new Set(published.map((one) => one?.split(':')[1])).size).toBe(8)
  expect(published.every((one) => one?.startsWith('127.0.0.1:4000'))).toBe(true)
  expect(published.map((one) => Number(one?.split(':')[2])).sort((a, b) => a - b)).toEqual([
    2000, 2001, 2200, 3000, 7681, 8000, 8001, 8080,
  ])
  expect(published).toContain(`127.0.0.1:${made.portIn}:2000`)
  expect(published).toContain(`127.0.0.1:${made.portOut}:2001`)
  expect(made.services.map(({ name }) => name).sort()).toEqual([
    'ipython',
    'jupyter',
    'sshd',
    'triton',
    'triton',
    'ttyd',
  ])
})

test('without services only the two sockets are outside', () => {
  const made = plan({ labels: SERVICES, options: { services: false } })
  expect(flags(made, '--publish')).toEqual([
    `127.0.0.1:${made.portIn}:2000`,
    `127.0.0.1:${made.portOut}:2001`,
  ])
})

test('a service that can have no port is told, and left out', () => {
  const made = plan({ labels: { 'service-ports': 'good:tcp:9000,far:tcp:70000,mine:http:2001,none:tcp:0' } })
  expect(made.services.map(({ name }) => name).sort()).toEqual(['good', 'sshd', 'ttyd'])
  expect(made.notes).toEqual([
    expect.stringContaining("'far' is left out: port 70000"),
    expect.stringContaining("'mine' is left out: port 2001 is the runner's own"),
    expect.stringContaining("'none' is left out"),
  ])
})

test('a port is had where it was asked for', () => {
  const publications = [{ port: 8080, host: 9000 }, { port: 6006 }]
  const published = flags(plan({ labels: SERVICES, options: { publications } }), '--publish')
  expect(published).toContain('127.0.0.1:9000:8080')
  expect(published.filter((one) => one?.endsWith(':6006'))).toHaveLength(1)
  expect(published).toHaveLength(9)
})

test('without a network of its own the runner is on free ports of loopback', () => {
  const made = plan({ labels: SERVICES, options: { network: 'host', runtimeType: 'git' } })
  expect(flags(made, '--network')).toEqual(['host'])
  expect(flags(made, '--publish')).toEqual([])
  const ports = JSON.parse(made.config['intrinsic-ports.json'] ?? '')
  expect(ports).toEqual({
    replin: made.portIn,
    replout: made.portOut,
    ttyd: expect.any(Number),
    sshd: expect.any(Number),
  })
  expect(Object.values(ports).every((port) => FREE.includes(port as number))).toBe(true)
  expect(command(made)).toContain('--listen 127.0.0.1')
  expect(made.services.find(({ name }) => name === 'jupyter')).toMatchObject({ port: 8080, host: 8080 })
})

test.each<[string, Case, Record<string, string | undefined>]>([
  ['the caller', {}, { LOCAL_USER_ID: '1001', LOCAL_GROUP_ID: '1002', ADDITIONAL_GIDS: '27' }],
  [
    'root: nobody in particular',
    { machine: { uid: 0, gid: 0 } },
    { LOCAL_USER_ID: '1000', LOCAL_GROUP_ID: '1000', ADDITIONAL_GIDS: undefined },
  ],
  [
    'root: whose folder it is',
    { machine: { uid: 0, gid: 0 }, workOwner: { uid: 1005, gid: 1006 } },
    { LOCAL_USER_ID: '1005', LOCAL_GROUP_ID: '1006' },
  ],
  [
    'whoever was asked for',
    { options: { user: { uid: 7, gid: 8 } } },
    { LOCAL_USER_ID: '7', LOCAL_GROUP_ID: '8', ADDITIONAL_GIDS: undefined },
  ],
  [
    'podman without root: the caller',
    { engine: { isRootless: true } },
    { LOCAL_USER_ID: '1001', LOCAL_GROUP_ID: '1002', ADDITIONAL_GIDS: undefined },
  ],
  [
    'docker without root: root in there, the caller outside',
    { engine: { kind: 'docker', program: 'docker', isRootless: true } },
    { LOCAL_USER_ID: '0', LOCAL_GROUP_ID: '0' },
  ],
])('user ids of %s', (_, given, ids) => {
  const made = plan(given)
  const env = Object.fromEntries(flags(made, '--env').map((one) => (one ?? '').split('=')))
  for (const [name, id] of Object.entries(ids)) expect([name, env[name]]).toEqual([name, id])
  const keepsIds = given.engine?.isRootless && given.engine.kind !== 'docker'
  expect(flags(made, '--userns')).toEqual(keepsIds ? ['keep-id'] : [])
})

test('a jail is asked of the runner, with a policy of the caller', () => {
  expect(command(plan({ options: { jail: 'best-effort' } }))).toBe(`${AGENTS} --jail=best-effort app`)
  const made = plan({ options: { jail: 'on', policy: 'diff_to_default: true\n' } })
  expect(command(made)).toBe(`${AGENTS} --jail=on --policy /home/config/policy.yml app`)
  expect(made.config['policy.yml']).toBe('diff_to_default: true\n')
})

test('a folder is run as it is, and what is written to it is forgotten', () => {
  const made = plan({ isFolder: true })
  expect(flags(made, '--rootfs')).toEqual(['/roots/trixie:O'])
  expect(flags(made, '--pull')).toEqual([])
})

test("where SELinux would keep the container from the caller's folders, it is told not to", () => {
  expect(flags(plan({ machine: { hasSelinux: true } }), '--security-opt')).toEqual(['label=disable'])
})

test.each<[string, Partial<Engine>, string[]]>([
  ['podman', {}, ['nofile=1000:1000', 'nproc=2000:2000']],
  ['podman without root, which looks itself', { isRootless: true }, []],
  ['docker, whose service has its own', { kind: 'docker' }, []],
])('limits that the caller cannot raise, by %s', (_, engine, limits) => {
  const machine = { fixedLimits: ['nofile=1000:1000', 'nproc=2000:2000'] }
  expect(flags(plan({ engine, machine }), '--ulimit')).toEqual(limits)
})

test('the hard limits of a process are told where it may not raise them', () => {
  const table =
    'Limit Soft Hard Units\nMax processes 10 2000 processes\nMax open files  64  unlimited  files\n'
  const folder = (capabilities: string) =>
    temporaryFolder({ status: `Name:\tx\nCapEff:\t${capabilities}\n`, limits: table })
  expect(fixedLimits(folder('000001fffeffffff'))).toEqual(['nproc=2000:2000'])
  expect(fixedLimits(folder('000001ffffffffff'))).toEqual([])
})

test('a variable of several lines is set, and does not break the file of the others', () => {
  const made = plan({ options: { env: { KEY: 'one\ntwo', OTHER: 'x' } } })
  expect(flags(made, '--env')).toContain('KEY=one\ntwo')
  expect(made.config['environ.txt']).not.toContain('two')
  expect(made.config['environ.txt']).toContain('OTHER=x\n')
})
