import type { Bench, Figure } from '../figure.ts'
import { timeShell } from '../peers/shell.ts'
import { alternately, repeat } from '../rounds.ts'

const STEPS = 3
const BLOCK = 10

/** clean, build and exec of `true`, sent back to back, until the last has finished. */
export const batchStep: Figure = {
  name: 'batch-step',
  async measure({ peers, rounds }: Bench) {
    const krunner = await peers.krunner()
    const measured = { krunner: () => krunner.batch('true'), shell: threeShells }
    for (const measure of Object.values(measured)) await repeat(BLOCK, measure)
    const samples = await alternately(rounds(30), {
      krunner: () => repeat(BLOCK, measured.krunner),
      shell: () => repeat(BLOCK, measured.shell),
    })
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

async function threeShells(): Promise<number> {
  const times = await repeat(STEPS, () => timeShell('true'))
  return times.reduce((sum, time) => sum + time)
}
