/** The project's own images, built by `krunner image build` upon root file systems of ours, and kept for later tests. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** The first time every package is fetched; ms. */
export const BUILD_TIME = 30 * 60_000

/** Of this clone alone. */
const CLONE = createHash('sha256').update(PROJECT).digest('hex').slice(0, 12)

/** The images that are built here: those of Debian, of which there are packages. */
export const BUILT = readCatalogue(join(PROJECT, 'images')).images.filter(
  ({ distribution, hasOwnBase, name, tag }) =>
    name.startsWith('kernel-') &&
    distribution.name === 'debian' &&
    !hasOwnBase &&
    (tag.endsWith('-debian12') || tag === '2.7'),
)

export function factoryNeeds(): Requirement[] {
  return [...containerNeeds('debian12', 'debian11'), inPath('buildah')]
}

/** A copy of the project's images, whose builds are of no other file of tests: its records and names are its own. */
export class Factory {
  /** The folder with the manifest. */
  readonly images: string
  readonly #place: string
  readonly #namespace: string

  constructor(name: string) {
    this.#namespace = `krunner-test-${name}`
    this.#place = join(CACHE, `factory-${CLONE}-${name}`)
    this.images = join(this.#place, 'images')
  }

  image(name: string): ImageSpec {
    const found = BUILT.find((image) => `${image.name}:${image.tag}` === name)
    if (!found) throw new Error(`${name} is not built here`)
    return { ...found, reference: found.reference.replace('/lablup/', `/${this.#namespace}/`) }
  }

  /** With the network of this machine, from which the packages come. */
  build(engine: TestEngine, ...args: string[]) {
    this.#copyManifest()
    const named = (['debian12', 'debian11'] as const).flatMap((root) => [
      '--base',
      `debian:${root.slice('debian'.length)}=${makeImage(root)}:latest`,
    ])
    const options = ['--engine', 'buildah', '--network', 'host', ...named]
    return execa(KRUNNER, ['image', 'build', '--images', this.images, ...options, ...args], {
      env: engine.env,
      reject: false,
      stdin: 'ignore',
    })
  }

  /** What the project has now, beside what was built of it before. */
  #copyManifest(): void {
    mkdirSync(this.images, { recursive: true })
    rmSync(join(this.images, 'generated'), { recursive: true, force: true })
    cpSync(join(PROJECT, 'images/templates'), join(this.images, 'templates'), { recursive: true })
    cpSync(join(PROJECT, 'policies'), join(this.#place, 'policies'), { recursive: true })
    const manifest = readFileSync(join(PROJECT, 'images/manifest.yml'), 'utf8')
    writeFileSync(
      join(this.images, 'manifest.yml'),
      manifest.replace('namespace: lablup', `namespace: ${this.#namespace}`),
    )
  }
}
