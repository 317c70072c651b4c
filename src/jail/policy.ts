/** What a jail policy means, once its file is read and what it inherits is filled in. */

/** Where in which file something was said; lines count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

export interface Said<T> {
  readonly value: T
  readonly place: Place
}

/** `OP_WRITE` is ours; the others are in the policies of images. */
export const PATH_OPERATIONS = ['OP_OPEN', 'OP_WRITE', 'OP_EXEC', 'OP_ACCESS', 'OP_STAT', 'OP_CHMOD'] as const
export type PathOperation = (typeof PATH_OPERATIONS)[number]

export interface Policy {
  /** Glob patterns. `OP_WRITE` undefined: whatever may be opened may be written. */
  readonly paths: Readonly<Record<PathOperation, readonly Said<string>[] | undefined>>
  /** -1 is any number, in this and in the next two. */
  readonly execAllowance: Said<number>
  readonly forkAllowance: Said<number>
  readonly maxChildProcs: Said<number>
  readonly extraEnvs: readonly Said<{ readonly name: string; readonly value: string }>[]
  readonly preservedEnvKeys: readonly Said<string>[]
  readonly allowedSyscalls: readonly Said<string>[]
  /** Allowed too: what the old jail looked into on each call, Landlock checks in the kernel. */
  readonly tracedSyscalls: readonly Said<string>[]
  /** Ours: what happens to a process that makes a refused call. */
  readonly refused: Said<'errno' | 'kill'>
  /** Ours: refused calls that end the process whatever `refused` says. */
  readonly killedSyscalls: readonly Said<string>[]
  /** Ours: the only TCP ports to connect to and to listen on; undefined: any. */
  readonly tcpConnect: readonly Said<number>[] | undefined
  readonly tcpListen: readonly Said<number>[] | undefined
  /** Ours: resource limits by their names; -1 is unlimited. */
  readonly limits: Readonly<Record<string, Said<number>>>
}
