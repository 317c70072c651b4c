import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { program } from '../fixtures/programs.ts'
import { childrenOf, isAlive } from '../harness/processes.ts'
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
  const { stdout, exitCode } = await session.exec(program('daemonises.sh'))
  expect([stdout, exitCode]).toEqual(['leader\n', 0])
  expect(session.processes.length).toBeGreaterThan(0)
  await release(session)
})

test('what such a grandchild prints later never blocks it, and opens the output of the next step', async () => {
  const session = await openSession(APP)
  await session.exec(program('daemonises.sh'))
  await release(session)
  const { stdout, stderr } = await nextSteps(session)
  expect(stdout.slice(0, 6)).toBe('1\n2\n3\n')
  expect(stdout.slice(-18)).toBe('99999\n100000\nnext\n')
  expect(stderr).toBe('late\n')
})

test('of too much that is printed between steps the newest is kept, and the rest counted', async () => {
  const session = await openSession(APP)
  const late = 'while [ ! -e go-on ]; do sleep 0.02; done; seq 1 1000000; : > wrote-all'
  await session.exec(`setsid sh -c '${late}' &`)
  await release(session)
  const { stdout, stderr } = await nextSteps(session)
  expect(stdout.length).toBe(1024 * 1024 + 'next\n'.length)
  expect(stdout.slice(-13)).toBe('1000000\nnext\n')
  expect(stderr).toMatch(/5840320 bytes of earlier background output were dropped/)
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
  await session.exec(program('forks-orphans.sh'))
  const daemon = childrenOf(session.pid)[0]?.pid ?? 0
  expect(childrenOf(daemon).length).toBeGreaterThanOrEqual(10)
  session.write({ 'go-on': '' })
  await until('the orphans are gone', () => childrenOf(daemon).length === 0)
  // unshare itself is deaf to TERM.
  process.kill(daemon, 'SIGTERM')
  await session.runner.exited
})

test('an interrupt reaches the whole group', async () => {
  const session = await openSession(APP)
  const { handlers, promise } = seen('begun\n')
  const result = session.exec(`exec ${program('group.sh')}`, handlers)
  await promise
  await session.client.interrupt()
  const { exitCode, stdout } = await result
  expect([exitCode, stdout]).toEqual([5, 'begun\nchild\nparent\n'])
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
  const loop = "sh -c 'while :; do :; done'"
  const ticks = seen('tick 20\n')
  const talk = 'sh -c "for n in \\$(seq 1 20); do echo tick \\$n; sleep 0.01; done"'
  // In the foreground, as what a shell starts in the background is deaf to an interrupt.
  const running = session.exec(`${talk} | cat; ${Array(8).fill(loop).join(' | ')}`, ticks.handlers)
  await until('eight loops are busy', () => session.processes.length >= 9)
  for (let time = 0; time < 20; time++) expect((await session.status()).started_at).toBeGreaterThan(0)
  await session.client.interrupt()
  expect((await running).exitCode).toBe(130)
})

test('status is answered during a flood', async () => {
  const session = await openSession({ ...APP, spoolLimit: '16M', mayWarn: true })
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

async function nextSteps(session: Session): Promise<{ stdout: string; stderr: string }> {
  const { clean, build, exec } = await session.client.batch({ exec: 'echo next' })
  const steps = [clean, build, exec]
  return {
    stdout: steps.map((step) => step.stdout).join(''),
    stderr: steps.map((step) => step.stderr).join(''),
  }
}

/** Lets a waiting grandchild print, and end. */
async function release(session: Session): Promise<void> {
  session.write({ 'go-on': '' })
  await until('the grandchild has written all', () => existsSync(session.path('wrote-all')))
  await until('it is gone', () => session.processes.length === 0)
}

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
