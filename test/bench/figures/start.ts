import type { Bench, Figure, Must, PeerName, Row } from '../figure.ts'
import type { Session } from '../peers/session.ts'
import { alternately } from '../rounds.ts'

const EIGHTH: Must = { kind: 'at most', limit: 1 / 8, of: 'ipykernel' }

interface Start {
  ready: number
  first: number
}

async function timeStart(start: () => Promise<Session>): Promise<Start> {
  const session = await start()
  const { milliseconds } = await session.run('1 + 1')
  await session.stop()
  return { ready: session.readyAfter, first: session.readyAfter + milliseconds }
}

/** Nothing of the session is kept: each round starts all anew. */
export const start: Figure = {
  name: 'start',
  async measure({ peers, rounds }: Bench) {
    const firsts: Row['samples'] = {}
    const timed = (name: PeerName, begin: () => Promise<Session>) => async () => {
      const { ready, first } = await timeStart(begin)
      firsts[name] = [...(firsts[name] ?? []), first]
      return [ready]
    }
    const readies = await alternately(rounds(15), {
      krunner: timed('krunner', peers.krunner),
      ipykernel: peers.ipykernel && timed('ipykernel', peers.ipykernel),
    })
    return [
      { title: 'start to ready', unit: 'ms', samples: readies, musts: [EIGHTH] },
      { title: 'start to first result', unit: 'ms', samples: firsts, musts: [EIGHTH] },
    ]
  },
}
