import type { Bench, Figure } from '../figure.ts'
import { repeat } from '../rounds.ts'

const WARM_UP = 20

/** clean, build and exec of `true`, sent back to back, until the last has finished. */
export const batchStep: Figure = {
  name: 'batch-step',
  async measure({ peers, rounds }: Bench) {
    const krunner = await peers.krunner()
    const measure = () => krunner.batch('true')
    await repeat(WARM_UP, measure)
    const samples = { krunner: await repeat(rounds(200), measure) }
    await krunner.stop()
    return [
      {
        title: "batch step 'true' (clean + build + exec)",
        unit: 'ms',
        samples,
        musts: [{ kind: 'at most', limit: 6 }],
      },
    ]
  },
}
