/** Signals to process groups and to whatever has left them. */
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf } from './procfs.ts'

/** False where the group has no process left (or none of ours). `pid` is the leader's. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}

/** TERM, a bounded wait (ms), KILL: to the group of `pid`. Settles once its leader has ended. */
export async function terminateGroup(pid: number, exited: Promise<unknown>, grace: number): Promise<void> {
  signalGroup(pid, 'SIGTERM')
  if (await endsWithin(exited, grace)) return
  signalGroup(pid, 'SIGKILL')
  await exited
}

/**
 * Ends every process below us but `spared`: TERM, a bounded wait (ms), then KILL until none is left, also those
 * that left their group. Orphans are found because we are their subreaper.
 */
export async function terminateDescendants(grace: number, spared?: number): Promise<void> {
  const deadline = performance.now() + grace
  signalAll('SIGTERM', spared)
  while (living(spared).length > 0 && performance.now() < deadline) await delay(10)
  for (let round = 0; living(spared).length > 0 && round < 100; round++) {
    signalAll('SIGKILL', spared)
    await delay(5)
  }
}

function living(spared: number | undefined): number[] {
  return descendantsOf(process.pid)
    .filter((entry) => entry.state !== 'Z' && entry.pid !== spared)
    .map((entry) => entry.pid)
}

function signalAll(signal: NodeJS.Signals, spared: number | undefined): void {
  for (const pid of living(spared)) {
    try {
      process.kill(pid, signal)
    } catch {
      // Ended meanwhile.
    }
  }
}

async function endsWithin(exited: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController()
  const timeout = delay(milliseconds, false, { signal: timer.signal }).catch(() => false)
  const ended = await Promise.race([exited.then(() => true), timeout])
  timer.abort()
  return ended
}
