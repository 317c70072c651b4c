/** Root file systems of other releases, whole machines with other languages in them. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Requirement } from './requirement.ts'

/** The packages of each root, beside the smallest system that has a package manager. */
export const ROOTS = {
  bullseye: [
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
  sid: ['openjdk-8-jdk-headless', 'openjdk-21-jdk-headless', 'openjdk-25-jdk-headless'],
  trixie: [
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
} as const satisfies Record<string, readonly string[]>

export type RootName = keyof typeof ROOTS
export const ROOT_NAMES = Object.keys(ROOTS) as RootName[]

/** Outside of the project, so that a fresh clone need not make them again. */
export const CACHE = process.env.KRUNNER_TEST_CACHE ?? join(homedir(), '.cache', 'krunner')

/** A list that changes makes another folder. */
export function rootFolder(name: RootName): string {
  const hash = createHash('sha256').update(ROOTS[name].join(' ')).digest('hex').slice(0, 12)
  return join(CACHE, 'rootfs', `${name}-${hash}`)
}

export function rootThere(name: RootName): Requirement {
  if (!existsSync(rootFolder(name))) return `there is no root file system '${name}' in ${CACHE}`
  return process.getuid?.() === 0 ? undefined : `only root can enter the root file system '${name}'`
}
