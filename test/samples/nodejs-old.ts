/** What a Node.js without top-level await is asked instead. */
import type { Samples } from '../conformance/samples.ts'

/** A program that only waits is all that sleeps there. */
export function withoutAwait(samples: Samples): Samples {
  const { query } = samples
  if (!query) return samples
  const sleep = {
    ...query.interrupt.sleep,
    code: "require('child_process').spawnSync('sh', ['-c', 'echo begun; exec sleep 600'], { stdio: 'inherit' })",
  }
  return { ...samples, query: { ...query, interrupt: { ...query.interrupt, sleep } } }
}
