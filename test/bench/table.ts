import type { Must, Row, Unit } from './figure.ts'
import { summarise } from './summary.ts'
import { judge, type Verdict } from './verdict.ts'

const HEADINGS = ['figure', 'krunner', 'beside it', 'ratio', 'must', '']

/** Medians with (min to max), a line for each promise and for each peer without one. */
export function table(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.flatMap(linesOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function linesOf(row: Row): string[][] {
  const verdicts = row.musts.map((must) => judge(row, must))
  const judged = verdicts.map((verdict) => [besideOf(row, verdict.must), ...promise(verdict, row.unit)])
  const named = row.musts.flatMap(({ of, where }) => [of, where?.peer])
  const others = Object.keys(row.samples).filter(
    (peer) => peer !== 'krunner' && !named.some((name) => name === peer),
  )
  const lines = [
    ...judged,
    ...others.map((peer) => [measured(row, peer as never), ratioTo(row, peer as never), '', '']),
  ]
  return (lines.length > 0 ? lines : [['', '', '', '']]).map((line, index) =>
    index === 0 ? [row.title, measured(row, 'krunner', false), ...line] : ['', '', ...line],
  )
}

function besideOf(row: Row, { of, where }: Must): string {
  const peer = of ?? where?.peer
  return peer ? measured(row, peer) : ''
}

function measured(row: Row, peer: keyof Row['samples'], isNamed = true): string {
  const samples = row.samples[peer]
  const name = isNamed ? `${peer} ` : ''
  if (!samples) return `${name}not measured`
  const { median, min, max } = summarise(samples)
  const spread = samples.length > 1 ? ` (${digits(min)} to ${digits(max)})` : ''
  return `${name}${digits(median)} ${row.unit}${spread}`
}

function promise({ must, ratio, outcome }: Verdict, unit: Unit): string[] {
  const limit = must.of && must.kind !== 'within' ? times(must.limit) : `${digits(must.limit)} ${unit}`
  const where = must.where ? ` where ${must.where.peer} reaches ${must.where.reaches}` : ''
  return [
    ratio === undefined ? '' : times(ratio),
    `${must.kind} ${limit}${must.kind === 'within' ? ` of ${must.of}` : ''}${where}`,
    outcome,
  ]
}

function ratioTo(row: Row, peer: keyof Row['samples']): string {
  const [ours, theirs] = [row.samples.krunner, row.samples[peer]].map(
    (samples) => summarise(samples ?? []).median,
  )
  return ours && theirs ? times(ours / theirs) : ''
}

/** A part is easier to read as one over. */
function times(ratio: number): string {
  return ratio < 1 ? `1/${digits(1 / ratio)}` : `${digits(ratio)} x`
}

function digits(number: number): string {
  if (number === 0) return '0'
  if (Math.abs(number) >= 100) return number.toFixed(0)
  return number.toPrecision(3).replace(/\.?0+$/, '')
}
