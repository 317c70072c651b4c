/**
 * The only place that waits for children. SIGCHLD drives it, so it costs nothing while nothing ends.
 */
import { type EndedChild, native } from './native.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

type Waiter = (outcome: Outcome) => void

const waiters = new Map<number, Waiter>()
let listening = false
let adopting = false

/** `then` is called once, in a later turn, after the process has ended. Call it in the same turn as the spawn. */
export function onExit(pid: number, then: Waiter): void {
  listen()
  waiters.set(pid, then)
}

/**
 * From now on orphans of user code become our children and are reaped too, as process 1 must. No other
 * part of this process may wait for children of its own then.
 */
export function adoptOrphans(): void {
  native.becomeSubreaper()
  adopting = true
  listen()
  // Those of whoever was this process before us may have ended already.
  reapAll()
}

function listen(): void {
  if (listening) return
  listening = true
  process.on('SIGCHLD', reapAll)
  // A child that had ended before somebody listened has told nobody.
  setImmediate(reapAll)
}

function reapAll(): void {
  if (adopting) for (let ended = native.reap(-1); ended; ended = native.reap(-1)) settle(ended)
  else for (const pid of [...waiters.keys()]) settle(native.reap(pid))
}

function settle(ended: EndedChild | undefined): void {
  if (!ended) return
  const waiter = waiters.get(ended.pid)
  waiters.delete(ended.pid)
  waiter?.(outcomeOf(ended))
}
