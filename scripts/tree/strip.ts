/** Symbols that only a debugger asks for are a seventh of Node. */
import { spawnSync } from 'node:child_process'
import type { Target } from './target.ts'

/** Says what was left as it is. */
export function strip({ arch, triplet }: Target, files: readonly string[]): string[] {
  const program = arch === process.arch ? 'strip' : `${triplet}-strip`
  const { error, status } = spawnSync(program, files, { stdio: ['ignore', 'ignore', 'inherit'] })
  return error || status !== 0 ? [`there is no ${program} (of binutils): Node keeps its symbols`] : []
}
