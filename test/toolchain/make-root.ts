import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { finishRoot } from './finish-root.ts'
import { ROOTS, type Root, type RootName, rootFolder } from './roots.ts'

/** Where this machine's own packages come from is written here. */
const SOURCES = '/etc/apt'

/** Made in a folder beside its place first, so that a half-made one is never used. */
export function makeRoot(name: RootName): void {
  console.log(`making the root file system '${name}'`)
  const folder = rootFolder(name)
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(dirname(folder), { recursive: true })
  try {
    bootstrap(name, unfinished)
    finishRoot(name, unfinished)
    // Another run of the tests may have made it meanwhile.
    if (!existsSync(folder)) renameSync(unfinished, folder)
  } catch (error) {
    console.log(`no root file system '${name}': ${error instanceof Error ? error.message : error}`)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function bootstrap(name: RootName, folder: string): void {
  const { release = name, packages, isBare }: Root = ROOTS[name]
  const { status, error, stderr } = spawnSync(
    'mmdebstrap',
    [
      '--quiet',
      `--variant=${isBare ? 'extract' : 'minbase'}`,
      `--include=${packages.join(',')}`,
      // A release that moves says for how long it is the newest, and mirrors lag behind.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      '--dpkgopt=path-exclude=/usr/share/doc/*',
      '--dpkgopt=path-include=/usr/share/doc/*/copyright',
      '--dpkgopt=path-exclude=/usr/share/man/*',
      // As in the distribution's own images: what is lost at a power cut is made again.
      '--dpkgopt=force-unsafe-io',
      // Packages of Java put links there, and fail where the folder is missing.
      '--essential-hook=mkdir -p "$1/usr/share/man/man1"',
      release,
      folder,
      debianMirror(),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  )
  if (error) throw error
  if (status !== 0) throw new Error(`mmdebstrap ended with ${status}: ${stderr}`)
}

function debianMirror(): string {
  const lists = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(list|sources)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  const mirror = lists
    .flatMap((text) => text.split(/\s+/))
    .find((word) => /^https?:.*\/debian\/?$/.test(word))
  if (!mirror) throw new Error(`${SOURCES} names no mirror of Debian`)
  return mirror
}
