/** A policy, and what the machine is, to what the kernel is told. Pure: it looks at nothing itself. */
import type { Policy } from './policy.ts'
import type { Architecture, JailProgram } from './program.ts'

export interface Machine {
  readonly architecture: Architecture
  /** 0: the kernel has no Landlock. */
  readonly landlockAbi: number
  /** A supervisor answers user notifications: refusals are told, processes are counted. */
  readonly notifies: boolean
  /** The session's folder, which a policy calls `/home/work`. */
  readonly work: string
  /** Paths that match a pattern (`*`, `?`, `[...]` within a name, `**` over several) and are there now. */
  expand(pattern: string): readonly string[]
  /** What a path is, through symbolic links; undefined where there is nothing. */
  kind(path: string): 'file' | 'folder' | undefined
}

export function compilePolicy(_policy: Policy, machine: Machine): JailProgram {
  throw new Error(`no compiler for ${machine.architecture} yet`)
}
