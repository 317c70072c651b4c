import { findExecutable } from '../../../src/runtime/executable.ts'
import { findRuntime } from '../../../src/runtime/registry.ts'
import type { Bench, Figure, Must, PeerName, Peers, Row } from '../figure.ts'
import { type Language, languages } from '../languages.ts'
import type { Session } from '../peers/session.ts'
import { memoryOf } from '../processes.ts'
import { alternately } from '../rounds.ts'

/** Beside the first. */
const MORE_CELLS = 50
/** Their product is a number that no banner and no source of a cell holds. */
const FACTOR = 7
const LOWEST = 1_234_567

const NO_LATER: Must = { kind: 'at most', limit: 1.2, of: 'repl' }
const FASTER: Must = { kind: 'at most', limit: 1, of: 'repl' }

interface Course {
  /** From the start of the language to the end of its first cell, ms. */
  first: number
  /** The 50 after it, ms. */
  more: number
  /** PSS of the language's processes then, MiB. */
  memory: number
}

/** Each language beside its own REPL: a session from its start through 51 cells. */
export const languageFigures: readonly Figure[] = languages.map((language) => ({
  name: language.name,
  async measure({ peers, rounds }: Bench) {
    const missing = await missingOf(language)
    if (missing) console.log(`  not measured: ${missing}`)
    return missing ? [] : rowsOf(language, await coursesOf(language, peers, rounds(5)))
  },
}))

async function missingOf({ name, executable }: Language): Promise<string | undefined> {
  const { runtime } = await findRuntime(name)
  return findExecutable(runtime, executable, process.env.PATH).missing
}

async function coursesOf(language: Language, peers: Peers, rounds: number) {
  const courses: Partial<Record<PeerName, Course[]>> = {}
  const { name: runtime, executable, repl } = language
  const following = (name: PeerName, start: () => Promise<Session>) => async () => {
    const course = await follow(await start(), language)
    courses[name] = [...(courses[name] ?? []), course]
    return []
  }
  const startRepl = repl && peers.repl(repl)
  await alternately(rounds, {
    krunner: following('krunner', () => peers.krunner({ runtime, executable })),
    repl: startRepl && following('repl', startRepl),
  })
  return courses
}

async function follow(session: Session, { product }: Language): Promise<Course> {
  const run = (factor: number) => session.run(product(FACTOR, factor), String(FACTOR * factor))
  await run(LOWEST)
  const first = performance.now() - session.languageStart
  let more = 0
  for (let cell = 1; cell <= MORE_CELLS; cell++) more += (await run(LOWEST + cell)).milliseconds
  const memory = session.languagePids().reduce((sum, pid) => sum + memoryOf(pid).pss, 0)
  await session.stop()
  return { first, more, memory }
}

function rowsOf({ name }: Language, courses: Partial<Record<PeerName, Course[]>>): Row[] {
  const samples = (of: keyof Course) =>
    Object.fromEntries(Object.entries(courses).map(([peer, all]) => [peer, all.map((one) => one[of])]))
  const musts = (must: Must) => (courses.repl ? [must] : [])
  return [
    {
      title: `${name}: start to first result`,
      unit: 'ms',
      samples: samples('first'),
      musts: musts(NO_LATER),
    },
    {
      title: `${name}: ${MORE_CELLS} more cells`,
      unit: 'ms',
      samples: samples('more'),
      musts: musts(FASTER),
    },
    { title: `${name}: memory of the language`, unit: 'MiB', samples: samples('memory'), musts: [] },
  ]
}
