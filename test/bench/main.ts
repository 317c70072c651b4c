/**
 * `npm run bench -- [--quick] [--only FIGURE] [--python PATH]`: the runner beside its peers, in the same run, in
 * turns. Prints a table of medians and ratios, and keeps all samples as JSON in `bench-results/`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../src/errors.ts'
import { buildIfStale } from './build.ts'
import type { Bench, Figure, Row } from './figure.ts'
import { figures } from './figures.ts'
import { type Options, parseOptions } from './options.ts'
import { findPeers, findPython } from './peers/peers.ts'
import { machine, writeReport } from './report.ts'
import { table } from './table.ts'
import { judge } from './verdict.ts'

const IDLE_SECONDS = 30
const IDLE_SECONDS_QUICK = 5
/** With `--quick` one round in so many. */
const QUICK_PART = 5

try {
  await bench(parseOptions(process.argv.slice(2), figures))
} catch (error) {
  console.error(`bench: ${messageOf(error)}`)
  process.exitCode = 2
}
// A peer's socket may linger.
process.exit()

async function bench(options: Options): Promise<void> {
  buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'krunner-bench-'))
  try {
    await run(options, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `folder` is an empty one, to work in. */
async function run({ figures, quick, python: asked }: Options, folder: string): Promise<void> {
  const path = findPython(asked)
  const where = machine(path)
  const { node, python, cpu, cores, loadAtStart } = where
  console.log(`Node ${node}, ${python}; ${cores} cores of ${cpu}, load ${loadAtStart.toFixed(1)}`)
  const { peers, missing } = findPeers(path, folder)
  for (const sentence of missing) console.log(sentence)
  const rows = await measureAll(figures, {
    peers,
    folder,
    rounds: (full) => (quick ? Math.ceil(full / QUICK_PART) : full),
    idleSeconds: quick ? IDLE_SECONDS_QUICK : IDLE_SECONDS,
  })
  console.log(`\n${table(rows)}\n\n${outcome(rows)}`)
  console.log(`all samples: ${writeReport(rows, where, quick)}`)
}

/** A figure that fails costs only itself. */
async function measureAll(figures: readonly Figure[], bench: Bench): Promise<Row[]> {
  const rows: Row[] = []
  for (const figure of figures) {
    console.log(`measuring ${figure.name}`)
    try {
      rows.push(...(await figure.measure(bench)))
    } catch (error) {
      console.log(`${figure.name} failed: ${messageOf(error)}`)
      process.exitCode = 1
    }
  }
  return rows
}

function outcome(rows: readonly Row[]): string {
  const verdicts = rows.flatMap((row) => row.musts.map((must) => judge(row, must).outcome))
  const counts = [...new Set(verdicts)].map(
    (name) => `${verdicts.filter((one) => one === name).length} ${name}`,
  )
  return `medians (lowest to highest); ${counts.join(', ')}`
}
