/** The machine that this is: what a compiled policy needs of it. */
import { globSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import type { Machine } from './machine.ts'

/** What only the launcher and the daemon know; `work` and the paths of `ours` are absolute. */
export type Surroundings = Pick<Machine, 'landlockAbi' | 'isSupervised' | 'work' | 'ours'>

export function thisMachine(surroundings: Surroundings): Machine {
  return {
    ...surroundings,
    architecture: process.arch === 'arm64' ? 'aarch64' : 'x86_64',
    home: homedir(),
    expand: (pattern) => globSync(pattern),
    kind,
  }
}

function kind(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return undefined
  return found.isDirectory() ? 'folder' : 'file'
}
