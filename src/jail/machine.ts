import type { Architecture } from './program.ts'

/** What has to be known of a machine to compile a policy for it. */
export interface Machine {
  readonly architecture: Architecture
  /** 0: the kernel has no Landlock. */
  readonly landlockAbi: number
  /** A supervisor answers user notifications: refusals are told, processes are counted. */
  readonly isSupervised: boolean
  /** The session's folder, which a policy calls `/home/work`. */
  readonly work: string
  /** What a policy calls `~`. */
  readonly home: string
  /** Our own files, which drivers and hooks are made of, and the session's scratch folder. */
  readonly ours: readonly { readonly path: string; readonly isWritable: boolean }[]
  /** Paths that match a pattern (`*` and `?` within a name, `**` over several) and are there now. */
  expand(pattern: string): readonly string[]
  /** What a path is, through symbolic links; undefined where there is nothing. */
  kind(path: string): 'file' | 'folder' | undefined
}
