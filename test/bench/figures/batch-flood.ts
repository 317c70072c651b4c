import type { Bench, Figure } from '../figure.ts'
import { alternately } from '../rounds.ts'
import { throughput } from '../throughput.ts'

const FLOOD_BYTES = 128 * 2 ** 20
const FRAME_BYTES = 256 * 1024

/** What one program writes, against what the echo carries there and back. */
export const batchFlood: Figure = {
  name: 'batch-flood',
  async measure({ peers, rounds }: Bench) {
    const [krunner, echo] = await Promise.all([peers.krunner(), peers.echo()])
    const samples = await alternately(rounds(10), {
      krunner: async () => [throughput(await krunner.exec(`head -c ${FLOOD_BYTES} /dev/zero`), FLOOD_BYTES)],
      echo: async () => {
        const milliseconds = await echo.flood(FLOOD_BYTES / FRAME_BYTES, FRAME_BYTES)
        return [throughput({ bytes: FLOOD_BYTES, milliseconds }, FLOOD_BYTES)]
      },
    })
    await Promise.all([krunner.stop(), echo.stop()])
    return [
      {
        title: 'batch flood, 128 MiB',
        unit: 'MiB/s',
        samples,
        musts: [{ kind: 'at least', limit: 400, where: { peer: 'echo', reaches: 400 } }],
      },
    ]
  },
}
