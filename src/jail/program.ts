/** What the kernel is told about a jailed command: the launcher gets this, encoded, and knows no policy. */

export type Architecture = 'x86_64' | 'aarch64'

/** Of classic BPF, as `struct sock_filter` has it. */
export interface Instruction {
  readonly code: number
  readonly jt: number
  readonly jf: number
  /** Unsigned. */
  readonly k: number
}

/** Landlock's rights on files, by the kernel's names without `LANDLOCK_ACCESS_FS_`; bit i is place i. */
export const ACCESS_RIGHTS = [
  'execute',
  'write_file',
  'read_file',
  'read_dir',
  'remove_dir',
  'remove_file',
  'make_char',
  'make_dir',
  'make_reg',
  'make_sock',
  'make_fifo',
  'make_block',
  'make_sym',
  'refer',
  'truncate',
  'ioctl_dev',
] as const
export type AccessRight = (typeof ACCESS_RIGHTS)[number]

/** `LANDLOCK_ACCESS_NET_*`. */
export const PORT_RIGHTS = ['bind_tcp', 'connect_tcp'] as const
export type PortRight = (typeof PORT_RIGHTS)[number]

/** `LANDLOCK_SCOPE_*`: what may not reach a process outside the jail. */
export const SCOPES = ['abstract_unix_socket', 'signal'] as const
export type Scope = (typeof SCOPES)[number]

/** `path` is a file, or a folder with all that is and will be beneath it; the rights fit which it is. */
export interface PathRule {
  readonly path: string
  readonly access: readonly AccessRight[]
}

export interface PortRule {
  readonly port: number
  readonly access: readonly PortRight[]
}

/** A Landlock rule set. What is handled and named by no rule is refused. */
export interface Ruleset {
  readonly handledFiles: readonly AccessRight[]
  readonly handledPorts: readonly PortRight[]
  readonly scopes: readonly Scope[]
  readonly paths: readonly PathRule[]
  readonly ports: readonly PortRule[]
}

/** `RLIMIT_*` numbers, which are the same on both architectures. */
export const RESOURCES = {
  cpu: 0,
  fsize: 1,
  data: 2,
  stack: 3,
  core: 4,
  rss: 5,
  nproc: 6,
  nofile: 7,
  memlock: 8,
  as: 9,
  locks: 10,
  sigpending: 11,
  msgqueue: 12,
  nice: 13,
  rtprio: 14,
  rttime: 15,
} as const
export type Resource = keyof typeof RESOURCES

/** The launcher lowers to this; what is already lower stays, for nobody unprivileged may raise it. */
export interface Limit {
  readonly resource: Resource
  readonly soft: number
  readonly hard: number
}

/** What the supervisor does with the calls that the filter hands to it; everything else it refuses. */
export interface Supervision {
  /** Of `fork`, `vfork` and `clone` those that are counted. A clone with a flag of `namespaces` is refused. */
  readonly forks: readonly number[]
  /** Of `execve` and `execveat` those that are counted. */
  readonly execs: readonly number[]
  /** Calls whose refusal ends the process; `killsAll`: each refusal does. */
  readonly killed: readonly number[]
  readonly killsAll: boolean
  /** `CLONE_NEW*`, in the first argument of clone. */
  readonly namespaces: number
}

export interface JailProgram {
  readonly architecture: Architecture
  readonly filter: readonly Instruction[]
  /** Present where the filter answers with user notification. */
  readonly supervision: Supervision | undefined
  /** Undefined where the kernel has no Landlock. */
  readonly landlock: Ruleset | undefined
  readonly limits: readonly Limit[]
  /** Programs that may be executed in the life of the jail, beyond the command itself; -1: any number. */
  readonly execAllowance: number
  /** Processes (not threads) that may be made in the life of the jail; -1: any number. */
  readonly forkAllowance: number
  /** Processes that may be there at a time, of the whole session; -1: any number. */
  readonly maxChildProcs: number
  /** Of the container's environment, before the daemon adds what its drivers and hooks need. */
  readonly env: JailEnvironment
  /** What of the policy does not hold here, each a sentence. */
  readonly warnings: readonly string[]
}

export interface JailEnvironment {
  /** Names; a `*` at the begin or the end of one stands for any text. */
  readonly keep: readonly string[]
  readonly set: Readonly<Record<string, string>>
}
