import type { Must, PeerName, Row } from './figure.ts'
import { summarise } from './summary.ts'

/** A row's promise beside what was found. */
export interface Verdict {
  must: Must
  /** Our median over the peer's, where the promise is about a peer. */
  ratio?: number
  outcome: 'met' | 'not met' | 'not measured' | 'not asked'
}

export function judge(row: Row, must: Must): Verdict {
  const ours = median(row, 'krunner')
  const theirs = must.of && median(row, must.of)
  if (ours === undefined || (must.of && theirs === undefined)) return { must, outcome: 'not measured' }
  if (must.where && (median(row, must.where.peer) ?? 0) < must.where.reaches)
    return { must, outcome: 'not asked' }
  const found = theirs === undefined ? ours : must.kind === 'within' ? ours - theirs : ours / theirs
  const isMet = must.kind === 'at least' ? found >= must.limit : found <= must.limit
  return {
    must,
    ...(theirs !== undefined && { ratio: ours / theirs }),
    outcome: isMet ? 'met' : 'not met',
  }
}

function median(row: Row, peer: PeerName): number | undefined {
  const samples = row.samples[peer]
  return samples && summarise(samples).median
}
