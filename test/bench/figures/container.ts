import { setTimeout as delay } from 'node:timers/promises'
import { bundleIfMissing } from '../build.ts'
import type { Bench, Figure } from '../figure.ts'
import { ContainerRunner, runBare } from '../peers/container.ts'
import { memoryOf } from '../processes.ts'
import { alternately } from '../rounds.ts'

/** What the start of the runner may add to that of a container, ms. */
const ADDED = 250
const FURTHER = 3
/** Until what a start leaves behind has been given back, and its own services are up, ms. */
const SETTLING = 3000

/** As an agent starts it, beside the same image with nothing in it. Everything in a container counts. */
export const container: Figure = {
  name: 'container',
  async measure({ folder, rounds }: Bench) {
    bundleIfMissing()
    const starts = await alternately(rounds(15), {
      'bare container': async () => [runBare()],
      krunner: async () => {
        const runner = await ContainerRunner.start(folder)
        await runner.stop()
        return [runner.readyAfter]
      },
    })
    return [
      {
        title: 'container start to ready',
        unit: 'ms',
        samples: starts,
        musts: [{ kind: 'within', limit: ADDED, of: 'bare container' }],
      },
      {
        title: 'memory of each further container (private)',
        unit: 'MiB',
        samples: { krunner: await privateOfFurther(folder) },
        musts: [{ kind: 'at most', limit: 30 }],
      },
    ]
  },
}

/** Beside one that maps all that is shared, each after one cell. */
async function privateOfFurther(folder: string): Promise<number[]> {
  const runners: ContainerRunner[] = []
  try {
    for (let count = 0; count <= FURTHER; count++) runners.push(await ContainerRunner.start(folder))
    for (const runner of runners) await runner.run('1 + 1')
    await delay(SETTLING)
    return runners.slice(1).map(({ pid }) => memoryOf(pid).private)
  } finally {
    for (const runner of runners) await runner.stop()
  }
}
