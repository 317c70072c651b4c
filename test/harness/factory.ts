/** The project's own images, built by `krunner image build` upon root file systems of ours, and kept for later tests. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { readCatalogue } from '../../src/image/factory/catalogue.ts'
import type { ImageSpec } from '../../src/image/factory/spec.ts'
import { makeImage } from '../toolchain/images.ts'
import { inPath, type Requirement } from '../toolchain/requirement.ts'
import { CACHE } from '../toolchain/roots.ts'
import { PROJECT } from '../unit/source-files.ts'
import { containerNeeds } from './container-session.ts'
import type { TestEngine } from './engine.ts'
import { KRUNNER } from './krunner.ts'

/** Of this clone alone: its records are of what it has built. */
const PLACE = join(CACHE, `factory-${createHash('sha256').update(PROJECT).digest('hex').slice(0, 12)}`)
export const IMAGES = join(PLACE, 'images')

/** The first time every package is fetched; ms. */
export const BUILD_TIME = 30 * 60_000

/** The images that are built here: those of Debian, of which there are packages. */
export const BUILT = readCatalogue(join(PROJECT, 'images')).images.filter(
  ({ distribution, hasOwnBase, name, tag }) =>
    name.startsWith('kernel-') &&
    distribution.name === 'debian' &&
    !hasOwnBase &&
    (tag.endsWith('-debian12') || tag === '2.7'),
)

export function builtImage(name: string): ImageSpec {
  const found = BUILT.find((image) => `${image.name}:${image.tag}` === name)
  if (!found) throw new Error(`${name} is not built here`)
  return found
}

export function factoryNeeds(): Requirement[] {
  return [...containerNeeds('debian12', 'debian11'), inPath('buildah')]
}

/** With the network of this machine, from which the packages come. */
export function build(engine: TestEngine, ...args: string[]) {
  copyManifest()
  const bases = ['debian12', 'debian11'] as const
  const named = bases.flatMap((root) => [
    '--base',
    `debian:${root.slice('debian'.length)}=${makeImage(root)}:latest`,
  ])
  const options = ['--engine', 'buildah', '--network', 'host', ...named]
  return execa(KRUNNER, ['image', 'build', '--images', IMAGES, ...options, ...args], {
    env: engine.env,
    reject: false,
    stdin: 'ignore',
  })
}

/** What the project has now, beside what was built of it before. */
function copyManifest(): void {
  mkdirSync(IMAGES, { recursive: true })
  rmSync(join(IMAGES, 'generated'), { recursive: true, force: true })
  for (const each of ['manifest.yml', 'templates', 'generated'])
    cpSync(join(PROJECT, 'images', each), join(IMAGES, each), { recursive: true })
  cpSync(join(PROJECT, 'policies'), join(PLACE, 'policies'), { recursive: true })
}
