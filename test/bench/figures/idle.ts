import { setTimeout as delay } from 'node:timers/promises'
import type { Bench, Figure } from '../figure.ts'
import type { Session } from '../peers/session.ts'
import { type Activity, activityOf } from '../processes.ts'

/** Until a start and a cell have come to rest, ms. */
const SETTLING = 3000
/** What rounds to 0.0 %. */
const NOTHING = 0.049

/** One of each, after one cell, watched at the same time. */
export const idle: Figure = {
  name: 'idle',
  async measure({ peers, idleSeconds }: Bench) {
    const [krunner, ipykernel] = await Promise.all([peers.krunner(), peers.ipykernel?.()])
    const sessions: Session[] = ipykernel ? [krunner, ipykernel] : [krunner]
    await Promise.all(sessions.map((session) => session.run('1 + 1')))
    await delay(SETTLING)
    const before = sessions.map(({ pid }) => activityOf(pid))
    await delay(idleSeconds * 1000)
    const after = sessions.map(({ pid }) => activityOf(pid))
    await Promise.all(sessions.map((session) => session.stop()))
    const samples = (of: (activity: Activity) => number) => {
      const [ours, theirs] = after.map((end, at) => (of(end) - of(before[at] as Activity)) / idleSeconds)
      return { krunner: [ours as number], ...(theirs !== undefined && { ipykernel: [theirs] }) }
    }
    return [
      {
        title: `idle CPU over ${idleSeconds} s`,
        unit: '%',
        samples: samples(({ cpuSeconds }) => cpuSeconds * 100),
        musts: [{ kind: 'at most', limit: NOTHING }],
      },
      {
        title: 'idle context switches',
        unit: '/s',
        samples: samples(({ contextSwitches }) => contextSwitches),
        musts: [],
      },
    ]
  },
}
