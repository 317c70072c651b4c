import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bench, Figure, Row } from '../figure.ts'
import { makeLoneTree } from '../lone-tree.ts'
import type { Session } from '../peers/session.ts'
import { type Memory, memoryOf } from '../processes.ts'

/** Until what a start leaves behind has been given back, ms. */
const SETTLING = 2000
const FURTHER = 3

/** Each after one cell. First one alone, then others beside it. */
export const memory: Figure = {
  name: 'memory',
  async measure({ peers }: Bench) {
    const folder = mkdtempSync(join(tmpdir(), 'krunner-bench-'))
    try {
      const program = makeLoneTree(folder)
      const ours = await aloneAndFurther(() => peers.krunner({ program }))
      const theirs = peers.ipykernel && (await aloneAndFurther(peers.ipykernel))
      return rows(ours, theirs)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

interface Sizes {
  alone: Memory
  further: Memory[]
}

async function aloneAndFurther(start: () => Promise<Session>): Promise<Sizes> {
  const sessions = [await startIdle(start)]
  const alone = memoriesOf(sessions)
  for (let more = 0; more < FURTHER; more++) sessions.push(await startIdle(start))
  const further = memoriesOf(sessions.slice(1))
  for (const session of sessions) await session.stop()
  return { alone: alone[0] as Memory, further }
}

async function startIdle(start: () => Promise<Session>): Promise<Session> {
  const session = await start()
  await session.run('1 + 1')
  await delay(SETTLING)
  return session
}

function memoriesOf(sessions: readonly Session[]): Memory[] {
  return sessions.map(({ pid }) => memoryOf(pid))
}

function rows(ours: Sizes, theirs: Sizes | undefined): Row[] {
  const samples = (of: (sizes: Sizes) => number[]) => ({
    krunner: of(ours),
    ...(theirs && { ipykernel: of(theirs) }),
  })
  return [
    {
      title: 'memory of one (PSS)',
      unit: 'MiB',
      samples: samples(({ alone }) => [alone.pss]),
      musts: [{ kind: 'at most', limit: 75 }],
    },
    {
      title: 'memory of each further one (private)',
      unit: 'MiB',
      samples: samples(({ further }) => further.map((one) => one.private)),
      musts: [{ kind: 'at most', limit: 30 }],
    },
  ]
}
