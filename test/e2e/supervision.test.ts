import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { program } from '../fixtures/programs.ts'
import { childrenOf, isAlive, type ProcessEntry } from '../harness/processes.ts'
import { seen } from '../harness/seen.ts'
import { openSession, type Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const APP = { runtime: 'app' }
const ENDING = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGABRT',
  'SIGFPE',
  'SIGKILL',
  'SIGSEGV',
  'SIGTERM',
] as const

test('all 256 exit codes are told as they are', async () => {
  const session = await openSession(APP)
  const codes = Array.from({ length: 256 }, (_, code) => code)
  const results = await Promise.all(codes.map((code) => session.exec(`exit ${code}`)))
  expect(results.map(({ exitCode }) => exitCode)).toEqual(codes)
})

test.each(ENDING)('a step killed by %s says so and ends with 128 + its number', async (signal) => {
  const session = await openSession(APP)
  const { exitCode, stderr } = await session.exec(`kill -${signal.slice(3)} $$`)
  expect(exitCode).toBe(128 + constants.signals[signal])
  expect(stderr).toContain(signal)
})

test('a grandchild that holds the pipes does not hold back finished', async () => {
  const session = await openSession(APP)
  session.checker.allowIdle('stdout', 'stderr')
  const { stdout, exitCode } = await session.exec(program('daemonises.sh'))
  expect([stdout, exitCode]).toEqual(['leader\n', 0])
  expect(session.processes.length).toBeGreaterThan(0)
})

test('what such a grandchild prints later never blocks it, and disturbs no other step', async () => {
  const session = await openSession(APP)
  session.checker.allowIdle('stdout', 'stderr')
  await session.exec(program('daemonises.sh'))
  session.write({ 'go-on': '' })
  await until('the grandchild has written all', () => existsSync(session.path('wrote-all')))
  expect((await session.exec('echo next')).exitCode).toBe(0)
})

test('orphans are reaped', async () => {
  const session = await openSession(APP)
  await session.exec(program('forks-orphans.sh'))
  const orphans = session.processes
  expect(orphans.length).toBeGreaterThanOrEqual(10)
  session.write({ 'go-on': '' })
  await until('the orphans are gone', () => orphans.every(({ pid }) => !existsSync(`/proc/${pid}`)))
})

test.runIf(process.getuid?.() === 0)('orphans are reaped by a runner that is process 1', async () => {
  const unshare = ['--pid', '--fork', '--kill-child', '--mount-proc']
  const session = await openSession({ ...APP, program: ['unshare', ...unshare, bin()] })
  const isZombie = ({ state }: ProcessEntry) => state === 'Z'
  await session.exec(program('forks-orphans.sh'))
  const [daemon] = childrenOf(session.pid)
  expect(childrenOf(daemon?.pid ?? 0).length).toBeGreaterThanOrEqual(10)
  session.write({ 'go-on': '' })
  const left = () =>
    childrenOf(daemon?.pid ?? 0).filter((child) => isZombie(child) || child.command.includes('go-on'))
  await until('the orphans are gone', () => left().length === 0)
})

test('an interrupt reaches the whole group', async () => {
  const session = await openSession(APP)
  const parent = seen('parent-begun\n')
  const child = seen('child-begun\n')
  const result = session.exec(program('group.sh'), {
    onResult: (each) => {
      parent.handlers.onResult?.(each)
      child.handlers.onResult?.(each)
    },
  })
  await Promise.all([parent.promise, child.promise])
  await session.client.interrupt()
  const { exitCode, stdout } = await result
  expect(exitCode).toBe(5)
  expect(stdout).toMatch(/child\n.*parent\n$/s)
})

test('an interrupted program that does not care for it ends with 130', async () => {
  const session = await openSession(APP)
  const { handlers, promise } = seen('begun\n')
  const result = session.exec('echo begun; exec sleep 1000', handlers)
  await promise
  await session.client.interrupt()
  expect((await result).exitCode).toBe(130)
  expect((await session.exec('echo next')).stdout).toBe('next\n')
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a runner told to stop by %s ends all that it started',
  async (signal) => {
    const session = await openSession(APP)
    await startStubborn(session)
    // Its own session, deaf to signals, and an orphan since its parent is gone.
    const stubborn = session.processes
    expect(stubborn.length).toBeGreaterThan(0)
    session.checker.abandonSteps()
    process.kill(session.pid, signal)
    await session.runner.exited
    expect(stubborn.filter(({ pid }) => isAlive(pid))).toEqual([])
  },
)

test('status is answered and output flows while eight loops are busy', async () => {
  const session = await openSession(APP)
  const loops = 'for n in 1 2 3 4 5 6 7 8; do while :; do :; done & done'
  const ticks = seen('tick 20\n')
  const result = session.exec(
    `echo begun; ${loops}; for n in $(seq 1 20); do echo tick $n; done; wait`,
    ticks.handlers,
  )
  await ticks.promise
  for (let time = 0; time < 20; time++) expect((await session.status()).started_at).toBeGreaterThan(0)
  await session.client.interrupt()
  expect((await result).exitCode).toBe(130)
})

test('status is answered during a flood', async () => {
  const session = await openSession(APP)
  const { handlers, promise } = seen('5\n')
  const running = session.exec('exec yes 5', { ...handlers, keep: false })
  await promise
  for (let time = 0; time < 20; time++) expect((await session.status()).started_at).toBeGreaterThan(0)
  await session.client.interrupt()
  expect((await running).exitCode).toBe(130)
})

test("user code weighs less than the daemon, and the kernel's memory killer takes it first", async () => {
  const session = await openSession(APP)
  const { stdout } = await session.exec('cat /proc/self/oom_score_adj; cut -d" " -f19 /proc/self/stat')
  const [score, nice] = stdout.split('\n').map(Number)
  const daemonNice = readFileSync(`/proc/${session.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16]
  expect(score).toBeGreaterThan(Number(readFileSync(`/proc/${session.pid}/oom_score_adj`, 'utf8')))
  expect(nice).toBeGreaterThan(Number(daemonNice))
})

async function startStubborn(session: Session): Promise<void> {
  await session.exec(`setsid ${program('ignores-term.sh')} > stubborn.log 2>&1 &`)
  const { handlers, promise } = seen('begun\n')
  session.exec(program('ignores-term.sh'), handlers).catch(() => {})
  await promise
  await until('the other one has begun', () => readFileSync(session.path('stubborn.log'), 'utf8') !== '')
}

function bin(): string {
  return new URL('../../bin/krunner', import.meta.url).pathname
}
