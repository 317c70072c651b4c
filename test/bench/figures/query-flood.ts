import type { Bench, Figure } from '../figure.ts'
import type { Session } from '../peers/session.ts'
import { alternately } from '../rounds.ts'
import { throughput } from '../throughput.ts'

const WRITES = 32 * 1024
const FLOOD = `import sys
line = 'x' * 1023 + '\\n'
for _ in range(${WRITES}): sys.stdout.write(line)`

/** 32 MiB in writes of 1 KiB. */
export const queryFlood: Figure = {
  name: 'query-flood',
  async measure({ peers, rounds }: Bench) {
    const [krunner, ipykernel] = await Promise.all([peers.krunner(), peers.ipykernel?.()])
    const samples = await alternately(rounds(10), {
      krunner: () => flood(krunner),
      ...(ipykernel && { ipykernel: () => flood(ipykernel) }),
    })
    await Promise.all([krunner.stop(), ipykernel?.stop()])
    return [
      {
        title: 'query flood, 32 MiB in 1 KiB writes',
        unit: 'MiB/s',
        samples,
        musts: [{ kind: 'at least', limit: 4, of: 'ipykernel' }],
      },
    ]
  },
}

async function flood(session: Session): Promise<number[]> {
  return [throughput(await session.run(FLOOD), WRITES * 1024)]
}
