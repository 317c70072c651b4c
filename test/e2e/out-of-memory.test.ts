import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { compiled } from '../fixtures/compiled.ts'
import { KRUNNER } from '../harness/krunner.ts'
import { isAlive } from '../harness/processes.ts'
import { openSession } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const V1 = '/sys/fs/cgroup/memory'
const V2 = '/sys/fs/cgroup'
const APP = { runtime: 'app' }
const LIMIT = 200 * 1024 * 1024

const hasV1 = existsSync(`${V1}/memory.limit_in_bytes`)
const hasV2 = existsSync(`${V2}/cgroup.controllers`)

test.runIf(hasV1 || hasV2)(
  'a kill for want of memory is named as such, from the counter of the cgroup',
  async () => {
    const session = await openSession({ ...APP, program: programWithin(memoryGroup()) })
    const { exitCode, stderr, stdout } = await session.exec(`${compiled('allocates-memory.c')} 1000`)
    expect(stdout).toBe('begun\n')
    expect(exitCode).toBe(137)
    expect(stderr).toMatch(/out of memory|memory limit/i)
    expect(stderr).toContain('allocates-memory')
    expect((await session.exec('echo next')).stdout).toBe('next\n')
  },
)

test.runIf(hasV1 || hasV2)(
  'a cell killed for want of memory says so, and the next one is served',
  async () => {
    const options = {
      runtime: 'python',
      runtimePath: '/usr/bin/python3',
      program: programWithin(memoryGroup()),
    }
    const session = await openSession(options)
    const { exitCode, stderr } = await session.run('hoard = [bytearray(1 << 20) for _ in range(1000)]')
    expect(exitCode).toBe(137)
    expect(stderr).toMatch(/out of memory|memory limit/i)
    expect((await session.run('6 * 7')).stdout).toBe('42\n')
  },
)

test.runIf(process.getuid?.() === 0)(
  'the counter of version 2 is read where there is no version 1',
  async () => {
    const session = await openSession({ ...APP, program: programOnVersion2() })
    const { exitCode, stderr } = await session.exec(
      'echo "oom_kill 1" > /sys/fs/cgroup/memory.events; kill -9 $$',
    )
    expect(exitCode).toBe(137)
    expect(stderr).toMatch(/memory limit of 300\.0 MiB was reached, and the kernel killed 1/)
  },
)

test('a plain kill is not taken for one', async () => {
  const session = await openSession(APP)
  const { stderr } = await session.exec('kill -9 $$')
  expect(stderr).not.toMatch(/memory/i)
})

test('the event of an agent logs which processes vanished', async () => {
  const session = await openSession(APP)
  const running = session.exec('sh -c "sleep 4711; sleep 4712; exit 0"')
  const victim = await until('it runs', () =>
    session.processes.find(({ command }) => command === 'sleep 4711'),
  )
  const oom = { type: 'event', event: { type: 'oom', data: { pid: victim.pid } } } as const
  await session.client.send(oom)
  await session.status()
  process.kill(victim.pid, 'SIGKILL')
  await until('it is gone', () => !isAlive(victim.pid))
  await session.client.send(oom)
  await session.client.send({ type: 'event', event: { type: 'other', data: { two: 2 } } })
  await session.client.interrupt()
  const { stderr } = await running
  const told = new RegExp(
    `pid ${victim.pid}, age .*, VM .*, RSS .*: sleep 4711 <- .*sh -c.* <- ${session.pid}`,
  )
  expect(stderr).toMatch(told)
  await until('both events are in the log', () => /out of memory.*event 'other'/s.test(session.runner.stderr))
})

/** A group of the test's own with little memory, gone after it. */
function memoryGroup(): string {
  const folder = `${hasV1 ? V1 : V2}/krunner-test-${process.pid}-${Math.random().toString(36).slice(2)}`
  mkdirSync(folder)
  onTestFinished(() => rmdirSync(folder))
  writeFileSync(`${folder}/${hasV1 ? 'memory.limit_in_bytes' : 'memory.max'}`, String(LIMIT))
  return folder
}

/** The runner joins the group before it is the runner. */
function programWithin(group: string): [string, ...string[]] {
  return ['sh', '-ec', `echo $$ > ${group}/cgroup.procs; exec "$@"`, 'sh', KRUNNER]
}

/** The files as the kernel has them in a container under version 2; what the kernel would write the step writes. */
function programOnVersion2(): [string, ...string[]] {
  const script = `
    mount -t tmpfs none /sys/fs/cgroup
    echo "oom_kill 0" > /sys/fs/cgroup/memory.events
    echo ${300 * 1024 * 1024} > /sys/fs/cgroup/memory.max
    exec "$@"`
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-ec', script, 'sh', KRUNNER]
}
