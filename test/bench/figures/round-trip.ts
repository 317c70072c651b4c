import type { Bench, Figure, Must, Row } from '../figure.ts'
import type { Session } from '../peers/session.ts'
import { alternately, repeat } from '../rounds.ts'

/** So many in a row of each, so that each is measured awake. */
const BLOCK = 100
const WARM_UP = 300

const MUSTS: Must[] = [
  { kind: 'at most', limit: 1 / 8, of: 'ipykernel' },
  { kind: 'at most', limit: 3, of: 'echo' },
]

/** The shortest cells: from sending one to having read its end. */
export const roundTrip: Figure = {
  name: 'round-trip',
  async measure({ peers, rounds }: Bench) {
    const [krunner, echo, ipykernel] = await Promise.all([peers.krunner(), peers.echo(), peers.ipykernel?.()])
    const measureCell = async (title: string, cell: string, musts: Must[]): Promise<Row> => {
      const measured = {
        krunner: timing(krunner, cell),
        echo: () => echo.roundTrip(cell),
        ...(ipykernel && { ipykernel: timing(ipykernel, cell) }),
      }
      for (const measure of Object.values(measured)) await repeat(WARM_UP, measure)
      const blocks = Object.entries(measured).map(([name, measure]) => [name, () => repeat(BLOCK, measure)])
      return { title, unit: 'ms', samples: await alternately(rounds(20), Object.fromEntries(blocks)), musts }
    }
    const rows = [
      await measureCell('query round trip, no-op', 'pass', MUSTS),
      await measureCell('query round trip, print', 'print(1)', []),
    ]
    await Promise.all([krunner.stop(), echo.stop(), ipykernel?.stop()])
    return rows
  },
}

function timing(session: Session, cell: string): () => Promise<number> {
  return async () => (await session.run(cell)).milliseconds
}
