import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Result } from '../../src/protocol/results.ts'
import { Numbers } from '../harness/numbers.ts'
import { descriptorsOf, residentBytes } from '../harness/processes.ts'
import { seen } from '../harness/seen.ts'
import { openSession, type Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const APP = { runtime: 'app' }
/** With an agent that takes from the network little more than it reads: the rest is the runner's to keep. */
const LAZY = { ...APP, receiveHighWaterMark: 2 }
const MEBIBYTE = 1024 * 1024
/** `seq` to here prints 128,888,896 bytes; the 0 before it says that the job has begun. */
const LAST = 15_000_000
const FLOOD = `echo 0; while [ ! -e go-on ]; do sleep 0.01; done; seq 1 ${LAST}; : > wrote-all`
/** What the runner may hold of output, and room for what a garbage collector has not collected. */
const MOST_MEMORY = 64 * MEBIBYTE

test('without an agent a job runs on in bounded memory, and its output waits in order', async () => {
  const session = await openSession(APP)
  const before = residentBytes(session.pid)
  await startFlood(session)
  await session.disconnect()
  await runFlood(session)
  expect(residentBytes(session.pid) - before).toBeLessThan(MOST_MEMORY)
  const { numbers, finished } = await collect(session)
  expect(numbers.gaps).toEqual([])
  expect(numbers.last).toBe(LAST)
  expect(finished).toBe(0)
})

test('an agent that reads slowly does not slow the job, nor fill the memory', async () => {
  const session = await openSession(LAZY)
  const before = residentBytes(session.pid)
  const numbers = new Numbers(0)
  const { handlers, promise } = seen('0\n')
  const result = session.exec(FLOOD, {
    keep: false,
    onResult: (each) => {
      handlers.onResult?.(each)
      feed(numbers, each)
    },
  })
  await promise
  session.client.pause()
  await runFlood(session)
  expect(residentBytes(session.pid) - before).toBeLessThan(MOST_MEMORY)
  session.client.resume()
  expect((await result).exitCode).toBe(0)
  expect(numbers.gaps).toEqual([])
  expect(numbers.last).toBe(LAST)
})

test('an agent that is cut off in the middle of a flood finds all that it was not sent', async () => {
  const session = await openSession(LAZY)
  await startFlood(session)
  session.write({ 'go-on': '' })
  const first = new Numbers()
  const { promise, resolve } = Promise.withResolvers<void>()
  session.client.onResult((result) => {
    feed(first, result)
    if (first.last > LAST / 10) resolve()
  })
  await promise
  await session.disconnect()
  const { numbers, finished } = await collect(session, true)
  expect(first.gaps).toEqual([])
  expect(numbers.gaps).toEqual([])
  expect(numbers.last).toBe(LAST)
  expect(finished).toBe(0)
})

test('an agent may come and go between all steps, and be asked nothing twice', async () => {
  const session = await openSession(APP)
  for (let round = 1; round <= 5; round++) {
    expect((await session.exec(`echo ${round}`)).stdout).toBe(`${round}\n`)
    await session.disconnect()
    await session.reconnect()
  }
})

test('the spool is empty again once the agent has read it', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'krunner-spool-'))
  onTestFinished(() => rmSync(spool, { recursive: true, force: true }))
  const session = await openSession({ ...APP, spool })
  await startFlood(session)
  await session.disconnect()
  await runFlood(session)
  expect(spooledBytes(session, spool)).toBeGreaterThan(32 * MEBIBYTE)
  await collect(session)
  await until('the spool is empty', () => spooledBytes(session, spool) < MEBIBYTE)
})

test('a full spool slows the job, a warning says so, and nothing is lost', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'krunner-spool-'))
  onTestFinished(() => rmSync(spool, { recursive: true, force: true }))
  const session = await openSession({ ...APP, spool, spoolLimit: '8M' })
  await startFlood(session)
  await session.disconnect()
  session.write({ 'go-on': '' })
  await until('the runner warns of its spool', () => /spool/i.test(session.runner.stderr))
  expect(spooledBytes(session, spool)).toBeLessThanOrEqual(9 * MEBIBYTE)
  expect(existsSync(session.path('wrote-all'))).toBe(false)
  await expectWholeFlood(session)
})

test.runIf(process.getuid?.() === 0)(
  'a full disk slows the job, a warning says so, and nothing is lost',
  async () => {
    const spool = mountSmallDisk()
    const session = await openSession({ ...APP, spool })
    await startFlood(session)
    await session.disconnect()
    session.write({ 'go-on': '' })
    await until('the runner warns of its spool', () => /spool/i.test(session.runner.stderr))
    expect(existsSync(session.path('wrote-all'))).toBe(false)
    await expectWholeFlood(session)
  },
)

async function startFlood(session: Session): Promise<void> {
  const { handlers, promise } = seen('0\n')
  // The agent that asked goes away: this answer never comes to it.
  session.exec(FLOOD, { ...handlers, keep: false }).catch(() => {})
  await promise
}

async function runFlood(session: Session): Promise<void> {
  session.write({ 'go-on': '' })
  await until('the job is done', () => existsSync(session.path('wrote-all')), 50_000)
}

async function expectWholeFlood(session: Session): Promise<void> {
  const { numbers, finished, stderr } = await collect(session)
  expect(numbers.gaps).toEqual([])
  expect(numbers.last).toBe(LAST)
  expect(finished).toBe(0)
  expect(stderr).toMatch(/spool/i)
}

interface Collected {
  numbers: Numbers
  finished: number
  stderr: string
}

/** A new agent reads until the step of the old one has finished. */
async function collect(session: Session, isCut = false): Promise<Collected> {
  const numbers = new Numbers()
  if (isCut) numbers.resume()
  const { promise, resolve } = Promise.withResolvers<Collected>()
  let stderr = ''
  const client = await session.reconnect()
  client.onResult((result) => {
    feed(numbers, result)
    if (result.type === 'stderr') stderr += Buffer.from(result.data).toString()
    if (result.type === 'finished') resolve({ numbers, finished: result.exitCode, stderr })
  })
  return promise
}

function feed(numbers: Numbers, result: Result): void {
  if (result.type === 'stdout') numbers.feed(result.data)
}

/** Bytes on disk that the runner holds in this folder, in files with or without a name. */
function spooledBytes({ pid }: Session, folder: string): number {
  const files = [...descriptorsOf(pid)].filter(([, target]) => target.startsWith(folder))
  const sizes = files.map(([fd]) => statSync(`/proc/${pid}/fd/${fd}`).blocks * 512)
  return sizes.reduce((sum, size) => sum + size, 0)
}

function mountSmallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-small-disk-'))
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'krunner-test', folder])
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
