import { setTimeout as sleep } from 'node:timers/promises'

/** How often a condition that tells nobody of itself (in /proc, in a folder) is looked at, in milliseconds. */
const INTERVAL = 10

/**
 * Resolves with the first value of `look` that is neither undefined nor false. Rejects after `limit`
 * milliseconds: a guard against a hang, not a measurement.
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 20_000,
): Promise<T> {
  const end = Date.now() + limit
  while (true) {
    const value = await look()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`it never came to pass that ${what}`)
    await sleep(INTERVAL)
  }
}
