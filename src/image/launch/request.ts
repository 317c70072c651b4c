/** What a launch is made from: the image, the machine and what was asked. */
import type { ImageLabels } from '../labels.ts'

export interface Target {
  /** As the engine takes it: a name with or without tag and digest, an id, or a folder. */
  readonly image: string
  /** It is a root file system that lies unpacked in a folder. */
  readonly isFolder: boolean
  readonly labels: ImageLabels
}

export type EngineKind = 'podman' | 'docker'

export interface Engine {
  readonly kind: EngineKind
  /** How to call it: a name in PATH, or a path. */
  readonly program: string
  /** It runs as its user: root in a container is that user outside. */
  readonly isRootless: boolean
}

export interface Machine {
  readonly cores: number
  readonly uid: number
  readonly gid: number
  /** The user's supplementary groups. */
  readonly groups: readonly number[]
  readonly hasSelinux: boolean
  /** More than these the caller may not give, as engines write them. */
  readonly fixedLimits: readonly string[]
}

export interface Mount {
  readonly source: string
  readonly target: string
  readonly isReadOnly: boolean
}

/** A port of the container to be had at `host`; without it, at a free one. */
export interface Publication {
  readonly port: number
  readonly host?: number
}

export interface User {
  readonly uid: number
  readonly gid: number
}

export type JailMode = 'off' | 'best-effort' | 'on'

/** Everything but the image may be missing. */
export interface LaunchOptions {
  readonly runtimeType?: string
  readonly runtimePath?: string
  /** Cores, also a fraction. */
  readonly cpu?: number
  /** Bytes. */
  readonly mem?: number
  /** The weight against other containers, where cores are scarce; 1024 is what others have. */
  readonly shares?: number
  /** Bytes of `/dev/shm`. */
  readonly shmem?: number
  /** Neither limits nor a look at what the image asks for. */
  readonly limits?: boolean
  /** How many, or all of this machine. */
  readonly gpus?: number | 'all'
  readonly mounts?: readonly Mount[]
  /** The folder that is to be `/home/work`; missing: an empty one that is removed with the container. */
  readonly work?: string
  readonly env?: Readonly<Record<string, string>>
  readonly user?: User
  /** False: no service can be reached from outside. */
  readonly services?: boolean
  readonly publications?: readonly Publication[]
  /** As the engine takes it. `host`: none of its own, with the runner's own ports on loopback. */
  readonly network?: string
  /** A file with a seccomp profile instead of the engine's own, or `unconfined`. */
  readonly seccomp?: string
  /** Whether user code runs in the runner's jail; missing: as the image's environment says. */
  readonly jail?: JailMode
  /** The text of the jail's policy, instead of the image's or the runtime's. */
  readonly policy?: string
  readonly debug?: boolean
}
