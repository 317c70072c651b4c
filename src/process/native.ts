import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DIST } from '../tree.ts'

/** What `native/process.c` offers; its comments say what each does and why. */
interface Native {
  /** Real pipe, closed on exec; `ours` (0 read, 1 write) does not block; `size` 0 keeps the kernel's default. */
  pipe(ours: 0 | 1, size: number): [read: number, write: number]
  /** A pseudo terminal, closed on exec; our end does not block. */
  openTerminal(): [ours: number, childs: number]
  /** 0 or -errno; what runs in its foreground gets SIGWINCH. */
  setTerminalSize(fd: number, rows: number, columns: number): number
  spawn(options: NativeSpawn): number
  /** The child of that pid where it has ended, or any ended one for -1. */
  reap(pid: number): EndedChild | undefined
  /** Bytes that wait in a pipe, asked at either end; -errno on failure. */
  bytesAvailable(fd: number): number
  /** Count read, 0 at the end of file, or -errno; never throws. */
  read(fd: number, bytes: Uint8Array, offset: number, length: number): number
  /** Count written, or -errno; never throws. */
  write(fd: number, bytes: Uint8Array, offset: number, length: number): number
  becomeSubreaper(): number
  /** 0 or -errno. */
  separateFromUser(): number
  /** Bytes, -1 for none: 0 or -errno. */
  setStackLimit(bytes: number): number
  duplicate(fd: number): number
  /** 1 where it may; `mode` as access(2) has it. */
  mayAccess(path: string, mode: number): number
  /** What `native/jail-addon.c` offers: descriptors, closed on exec, or -errno. */
  landlockRules(rules: NativeRules): number
  sealedFile(bytes: Uint8Array): number
  messageSockets(): [number, number] | number
  setSendBuffer(fd: number, bytes: number): number
  bytesAcknowledged(fd: number): number
}

export interface NativeSpawn {
  file: string
  argv: readonly string[]
  /** `KEY=VALUE` strings. */
  env: readonly string[]
  cwd: string
  /** The child's descriptor i is a copy of fds[i]. */
  fds: readonly number[]
  /** Absolute nice value. */
  nice: number
  /** As /proc/PID/oom_score_adj has it: the child's, and the one that we go on with. */
  oomScore: number
  ownOomScore: number
  /** 1: fds[0] becomes its controlling terminal. */
  hasTerminal: 0 | 1
  /** 1: it is no user code, and keeps our user ids. */
  isOurs: 0 | 1
}

/** Landlock's rights as the kernel numbers them; see landlock(7). */
export interface NativeRules {
  files: number
  ports: number
  scopes: number
  paths: readonly { path: string; access: number }[]
  portRules: readonly { port: number; access: number }[]
}

export interface EndedChild {
  pid: number
  /** -1 where a signal ended it. */
  code: number
  /** 0 where it exited. */
  signal: number
}

export const native: Native = createRequire(import.meta.url)(join(DIST, 'native', 'process.node'))
