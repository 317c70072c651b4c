/** Root file systems of other releases, whole machines with other languages in them. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Requirement } from './requirement.ts'

export interface Root {
  /** Of Debian; default: the root's own name. */
  readonly release?: string
  readonly packages: readonly string[]
  /** Only the files of these packages, beside the smallest system that has a package manager where it is not. */
  readonly isBare?: boolean
  /** What `finishRoot` puts into it: a change makes another folder. */
  readonly adds?: readonly string[]
}

export const ROOTS = {
  bookworm: {
    packages: ['python3', 'gcc', 'libc6-dev', 'gdb', 'openssh-client', 'procps', 'sudo'],
    adds: ['Node.js 6'],
  },
  bullseye: {
    packages: [
      'python2.7',
      'python3',
      'gcc',
      'g++',
      'gfortran',
      'ghc',
      'julia',
      'lua5.1',
      'octave',
      'php-cli',
      'r-base-core',
      'rustc',
    ],
  },
  /** What images are built upon, in the place of the distribution's own. */
  debian12: { release: 'bookworm', packages: ['ca-certificates'] },
  debian11: { release: 'bullseye', packages: ['ca-certificates'] },
  sid: { packages: ['openjdk-8-jdk-headless', 'openjdk-21-jdk-headless', 'openjdk-25-jdk-headless'] },
  trixie: {
    packages: [
      'python3',
      'python3-matplotlib',
      'python3-pandas',
      'python3-ipython',
      'gcc',
      'g++',
      'gfortran',
      'ghc',
      'octave',
      'php-cli',
      'r-base-core',
      'rustc',
    ],
  },
  /** No C library at all: one static program. */
  busybox: { release: 'bookworm', packages: ['busybox-static'], isBare: true, adds: ['applets'] },
  /** As Alpine: its C library, which is new enough in this release for what is built there, and busybox. */
  musl: {
    release: 'trixie',
    packages: ['busybox-static', 'musl'],
    isBare: true,
    adds: ['applets', 'users', 'Node.js for musl'],
  },
  /** A C library and a language, and no shell or any other program. */
  shellless: {
    release: 'bookworm',
    packages: ['libc6', 'libstdc++6'],
    isBare: true,
    adds: ['Node.js 22'],
  },
  /** In it the tree is built, from nothing but the sources. */
  builder: {
    release: 'bookworm',
    packages: [
      'binutils',
      'ca-certificates',
      'default-jdk-headless',
      'dropbear-bin',
      'gcc',
      'golang-go',
      'libc6-dev',
      'openssh-sftp-server',
    ],
    adds: ['npm'],
  },
} as const satisfies Record<string, Root>

export type RootName = keyof typeof ROOTS
export const ROOT_NAMES = Object.keys(ROOTS) as RootName[]

/** Outside of the project, so that a fresh clone need not make them again. */
export const CACHE = process.env.KRUNNER_TEST_CACHE ?? join(homedir(), '.cache', 'krunner')

/** A list that changes makes another folder. */
export function rootFolder(name: RootName): string {
  const { packages, adds = [] }: Root = ROOTS[name]
  const hash = createHash('sha256')
    .update([...packages, ...adds].join(' '))
    .digest('hex')
    .slice(0, 12)
  return join(CACHE, 'rootfs', `${name}-${hash}`)
}

export function rootThere(name: RootName): Requirement {
  if (!existsSync(rootFolder(name))) return `there is no root file system '${name}' in ${CACHE}`
  return process.getuid?.() === 0 ? undefined : `only root can enter the root file system '${name}'`
}
