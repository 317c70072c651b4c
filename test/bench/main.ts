/**
 * `npm run bench [-- --quick] [-- --only FIGURE]`: the runner beside its peers, in the same run, in turns. Prints a
 * table of medians and ratios, and keeps all samples as JSON in `bench-results/`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.ts'
import type { Bench, Row } from './figure.ts'
import { figures } from './figures.ts'
import { type Options, parseOptions } from './options.ts'
import { findPeers } from './peers/peers.ts'
import { machine, writeReport } from './report.ts'
import { table } from './table.ts'
import { judge } from './verdict.ts'

const IDLE_SECONDS = 30
const IDLE_SECONDS_QUICK = 5
/** With `--quick` one round in so many. */
const QUICK_PART = 5

const options = parseOptions(process.argv.slice(2), figures)
buildIfStale()
const folder = mkdtempSync(join(tmpdir(), 'krunner-bench-'))
try {
  await run(options)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
// A peer's socket may linger.
process.exit()

async function run({ figures, quick }: Options): Promise<void> {
  const where = machine()
  const { node, python, cpu, cores, loadAtStart } = where
  console.log(`Node ${node}, ${python}; ${cores} cores of ${cpu}, load ${loadAtStart.toFixed(1)}`)
  const { peers, missing } = findPeers(folder)
  for (const sentence of missing) console.log(sentence)
  const rows: Row[] = []
  const bench: Bench = {
    peers,
    rounds: (full) => (quick ? Math.ceil(full / QUICK_PART) : full),
    idleSeconds: quick ? IDLE_SECONDS_QUICK : IDLE_SECONDS,
  }
  for (const figure of figures) {
    console.log(`measuring ${figure.name}`)
    rows.push(...(await figure.measure(bench)))
  }
  console.log(`\n${table(rows)}\n\n${outcome(rows)}`)
  console.log(`all samples: ${writeReport(rows, where, quick)}`)
}

function outcome(rows: readonly Row[]): string {
  const verdicts = rows.flatMap((row) => row.musts.map((must) => judge(row, must).outcome))
  const counts = [...new Set(verdicts)].map(
    (name) => `${verdicts.filter((one) => one === name).length} ${name}`,
  )
  return `medians (lowest to highest); ${counts.join(', ')}`
}
