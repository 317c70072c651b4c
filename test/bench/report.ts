import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './build.ts'
import type { PeerName, Row } from './figure.ts'
import { summarise } from './summary.ts'
import { judge } from './verdict.ts'

const FOLDER = join(ROOT, 'bench-results')

/** Where it was measured: without it a number says nothing. */
export function machine(python: string) {
  return {
    node: process.version,
    python: execFileSync(python, ['--version'], { encoding: 'utf8' }).trim(),
    kernel: release(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadAtStart: loadavg()[0] ?? 0,
  }
}

/** Writes all samples beside their summaries; gives the file's path. */
export function writeReport(rows: readonly Row[], where: ReturnType<typeof machine>, quick: boolean): string {
  mkdirSync(FOLDER, { recursive: true })
  const time = new Date().toISOString()
  const file = join(FOLDER, `${time.replaceAll(':', '-').slice(0, 19)}.json`)
  const report = { time, quick, machine: where, rows: rows.map(described) }
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`)
  return file
}

function described(row: Row) {
  const peers = Object.entries(row.samples) as [PeerName, number[]][]
  return {
    title: row.title,
    unit: row.unit,
    peers: Object.fromEntries(peers.map(([name, samples]) => [name, { ...summarise(samples), samples }])),
    verdicts: row.musts.map((must) => judge(row, must)),
  }
}
