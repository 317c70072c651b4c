/** Whether a model answers: asked in intervals, told on change. */
import { setTimeout as delay } from 'node:timers/promises'
import type { HealthCheck } from './model-request.ts'

/** Watches until the signal says to stop. `onChange` gets each new verdict; at first there is none. */
export async function watchHealth(
  port: number,
  check: HealthCheck,
  onChange: (isHealthy: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const { interval, max_retries: retries } = check
  let verdict: boolean | undefined
  for (let failures = 0; !signal.aborted; ) {
    failures = (await answers(port, check, signal)) ? 0 : failures + 1
    const found = failures === 0 ? true : failures > retries ? false : verdict
    if (signal.aborted) return
    if (found !== undefined && found !== verdict) onChange(found)
    verdict = found
    await delay(interval * 1000, undefined, { signal }).catch(() => undefined)
  }
}

/** Whatever else it answers, or where nothing answers in time, it is not healthy. */
async function answers(
  port: number,
  { path, expected_status_code: expected, max_wait_time: seconds }: HealthCheck,
  signal: AbortSignal,
): Promise<boolean> {
  const url = `http://localhost:${port}/${path.replace(/^\/+/, '')}`
  const limit = AbortSignal.timeout(seconds * 1000)
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([limit, signal]) })
    await response.body?.cancel()
    return response.status === expected
  } catch {
    return false
  }
}
