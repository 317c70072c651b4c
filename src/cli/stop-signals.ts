/** What asks the daemon to end itself. */
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
/** Node's own handlers of these are gone once they have been called. */
const HANDLED_BY_NODE = ['SIGTERM', 'SIGINT'] as const

/**
 * Whether one came while Node began: its own handler for it passes it on to the kernel, which keeps it from process 1. To be
 * asked before there are handlers of ours.
 */
export function wasAskedToStop(): boolean {
  if (process.pid !== 1) return false
  const [, handled = ''] = /^SigCgt:\t(\w+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? []
  const bits = BigInt(`0x${handled || 'f'.repeat(16)}`)
  return HANDLED_BY_NODE.some((name) => (bits & (1n << BigInt(constants.signals[name] - 1))) === 0n)
}
