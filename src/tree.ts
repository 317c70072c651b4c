/** Where our own files are: the built tree (`dist/`), or the sources while developing and testing. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder with `native/` and, built, `runtimes/`: `dist/` when bundled, else the project's `dist/`. */
export const DIST = findDist(import.meta.dirname)

/** True where this code runs from its TypeScript sources. */
export const FROM_SOURCES = import.meta.filename.endsWith('.ts')

/** Where the runtimes' own files are: a folder each. */
export const RUNTIMES = FROM_SOURCES ? join(DIST, '..', 'runtimes') : join(DIST, 'runtimes')

/** Programs of ours that an image need not have; only the tree that is mounted into containers has them. */
export const PROGRAMS = join(DIST, '..', 'bin')

/**
 * Our Node, to run a script with. In the tree the program that runs is `python` or `krunner`, which takes nothing but the daemon's
 * arguments; Node itself is beside it.
 */
export const NODE = existsSync(join(PROGRAMS, 'node')) ? join(PROGRAMS, 'node') : process.execPath

function findDist(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'native', 'process.node'))) return folder
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'dist')
  }
  return from
}
