/** The machine that this is: what a compiled policy needs of it. */
import { globSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import type { Machine } from './machine.ts'

/** What only the launcher and the daemon know; `work` and the paths of `ours` are absolute. */
export type Surroundings = Pick<Machine, 'landlockAbi' | 'isSupervised' | 'work' | 'ours'>

export function thisMachine(surroundings: Surroundings): Machine {
  const work = realPath(surroundings.work) ?? surroundings.work
  const isOfWork = (path: string) => path === work || path.startsWith(`${work}/`)
  return {
    ...surroundings,
    work,
    architecture: process.arch === 'arm64' ? 'aarch64' : 'x86_64',
    home: homedir(),
    expand: (pattern) => globSync(pattern),
    kind(path) {
      const real = realPath(path)
      // What the user of an earlier session has put there as a link must not widen this one's jail.
      if (real === undefined || (isOfWork(path) && !isOfWork(real))) return undefined
      return statSync(real).isDirectory() ? 'folder' : 'file'
    },
  }
}

/** Undefined where nothing is there, or nothing that we may see. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
