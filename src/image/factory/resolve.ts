/** The manifest's parts put together to images, and what is wrong between them. */

import * as v from 'valibot'
import { resolveAccelerator } from './accelerator.ts'
import { distributionBase, resolveBases } from './base.ts'
import { type NamedDistribution, resolveDistribution } from './distribution.ts'
import type { Path } from './document.ts'
import { Faults } from './faults.ts'
import { fill } from './fill.ts'
import { frameworkPip } from './framework.ts'
import { labelsOf } from './labels.ts'
import type { ReadManifest } from './manifest.ts'
import { type Manifest, tagForm } from './manifest-schema.ts'
import { resolvePython, runtimePathOf } from './python.ts'
import { qualified } from './reference.ts'
import { Release } from './release.ts'
import type { ImageSpec, PythonSpec, ServiceSpec } from './spec.ts'

type ReleaseType = Manifest['release-types'][string]

interface Draft {
  readonly release: Release
  readonly tag: string
  readonly key: string
}

/** All images of the manifest, in its order. Throws BAD_MANIFEST with every problem. */
export function resolveImages({ manifest, document }: ReadManifest, version = manifest.version): ImageSpec[] {
  const faults = new Faults()
  const drafts = draftsOf(manifest, version, faults, (path) => document.place(path))
  const resolver = new Resolver(manifest, version, drafts, faults)
  const specs = [...drafts.values()].map((draft) => resolver.resolve(draft))
  if (faults.problems.length > 0) throw document.error(faults.problems)
  return specs.filter((spec) => spec !== undefined)
}

function draftsOf(
  manifest: Manifest,
  version: string,
  faults: Faults,
  place: (path: Path) => string,
): Map<string, Draft> {
  const drafts = new Map<string, Draft>()
  for (const [imageIndex, image] of manifest.images.entries())
    for (const [index, entry] of image.releases.entries())
      for (const [tagIndex, pattern] of entry.tags.entries()) {
        const release = new Release(image, entry, imageIndex, index)
        const path = [...release.path, 'tags', tagIndex]
        const tag = faults.attempt(path, () => fill(pattern, { version }))
        if (tag === undefined) continue
        if (!v.is(tagForm, tag))
          faults.add(path, `'${tag}' is no tag; write letters, digits, dots and dashes`)
        const key = `${image.name}:${tag}`
        const other = drafts.get(key)
        if (other)
          faults.add(path, `makes ${key} a second time; the first is at ${place(other.release.path)}`)
        else drafts.set(key, { release, tag, key })
      }
  return drafts
}

class Resolver {
  readonly #manifest: Manifest
  readonly #version: string
  readonly #drafts: ReadonlyMap<string, Draft>
  readonly #faults: Faults
  readonly #done = new Map<string, ImageSpec | undefined>()
  /** The images that wait for the one that is resolved now. */
  readonly #open: string[] = []

  constructor(manifest: Manifest, version: string, drafts: ReadonlyMap<string, Draft>, faults: Faults) {
    this.#manifest = manifest
    this.#version = version
    this.#drafts = drafts
    this.#faults = faults
  }

  resolve(draft: Draft): ImageSpec | undefined {
    if (this.#done.has(draft.key)) return this.#done.get(draft.key)
    this.#open.push(draft.key)
    const spec = this.#resolve(draft)
    this.#open.pop()
    this.#done.set(draft.key, spec)
    return spec
  }

  #resolve({ release, tag }: Draft): ImageSpec | undefined {
    const faults = this.#faults
    const manifest = this.#manifest
    const { image } = release
    const isChild = release.get('from') !== undefined
    const parent = isChild ? this.#parentOf(release, tag) : undefined
    if (isChild && !parent) return undefined
    const distribution = resolveDistribution(manifest, release, parent, faults)
    if (!distribution) return undefined
    const type = this.#releaseTypeOf(release)
    const accelerator = resolveAccelerator(manifest, release, type?.accelerator, distribution, parent, faults)
    const bases = parent
      ? parent.bases
      : resolveBases(manifest, release, accelerator, distribution, tag, faults)
    const python = resolvePython(manifest, release, distribution, parent, faults)
    const services = this.#servicesOf(release)
    const pip = [
      ...frameworkPip(manifest, release, tag, accelerator, faults),
      ...(type?.pip ?? []),
      ...(release.get('pip') ?? []),
    ]
    const values = { version: this.#version, tag, python: python?.minor }
    const filled = (key: 'pip' | 'steps' | 'packages' | 'runtime-path', texts: readonly string[]) =>
      faults.attempt(release.pathOf(key), () => texts.map((text) => fill(text, values))) ?? []
    const packages = [
      ...(release.get('packages') ?? []),
      ...(type?.packages[distribution.packageManager] ?? []),
    ]
    const said = release.get('runtime-path')
    const runtimePath = said ?? runtimePathOf(python) ?? parent?.runtimePath
    if (runtimePath === undefined)
      return faults.add(release.path, "has no 'runtime-path', and no Python that gives it")
    if (!bases) return undefined
    const draft = {
      name: image.name,
      tag,
      reference: this.#referenceOf(image.name, tag),
      title: image.title,
      path: release.path,
      parent: parent?.reference,
      hasDistributionBase: !parent && Object.values(bases ?? {})[0] === distributionBase(distribution),
      hasOwnBase: release.get('base') !== undefined,
      bases,
      distribution: withoutEntries(distribution),
      python,
      accelerator,
      releaseType: release.get('release-type') ?? 'kernels',
      arguments: this.#argumentsOf(type, python, pip, release),
      env: { ...image.env, ...release.entry.env },
      packages: filled('packages', packages),
      pip: filled('pip', pip),
      steps: filled('steps', release.get('steps') ?? []),
      runtimeType: image['runtime-type'],
      runtimePath: filled('runtime-path', [runtimePath])[0] ?? runtimePath,
      features: [...image.features, 'uid-match'],
      services,
      policy: image.policy ?? image['runtime-type'],
    }
    const resources = { ...accelerator?.resources, ...image.resources, ...release.entry.resources }
    return {
      ...draft,
      labels: labelsOf({ ...draft, resources, corecount: image.corecount, labels: image.labels }),
    }
  }

  #parentOf(release: Release, tag: string): ImageSpec | undefined {
    const path = release.pathOf('from')
    const from = this.#faults.attempt(path, () =>
      fill(release.get('from') ?? '', { tag, version: this.#version }),
    )
    if (from === undefined) return undefined
    const draft = this.#drafts.get(from)
    if (!draft)
      return this.#faults.add(
        path,
        `is '${from}', and the manifest has no such image; write NAME:TAG of one that it has`,
      )
    if (this.#open.includes(from)) {
      const circle = [...this.#open.slice(this.#open.indexOf(from)), from].join(' -> ')
      return this.#faults.add(path, `builds images upon each other in a circle: ${circle}`)
    }
    return this.resolve(draft)
  }

  #argumentsOf(
    type: ReleaseType | undefined,
    python: PythonSpec | undefined,
    pip: readonly string[],
    release: Release,
  ): Record<string, string> {
    const isOurs = python !== undefined && python.source !== 'base'
    // An image upon another has its pip.
    const installs = release.get('from') === undefined && pip.length > 0
    const ofPython = isOurs
      ? { PYTHON_VERSION: python.version, ...(installs && { PIP_VERSION: python.pip }) }
      : {}
    const ofType = Object.entries(type?.arguments ?? {}).map(([name, value]) => [
      name,
      this.#faults.attempt(release.pathOf('release-type'), () => fill(value, { version: this.#version })) ??
        value,
    ])
    return { ...ofPython, ...Object.fromEntries(ofType) }
  }

  #releaseTypeOf(release: Release): ReleaseType | undefined {
    const name = release.get('release-type') ?? 'kernels'
    return this.#faults.find(
      'release type',
      this.#manifest['release-types'],
      name,
      release.pathOf('release-type'),
    )
  }

  #servicesOf(release: Release): ServiceSpec[] {
    return release.image.services.flatMap((name) => {
      const found = this.#faults.find('service', this.#manifest.services, name, release.pathOf('services'))
      return found ? [{ name, protocol: found.protocol, port: found.port, definition: found.definition }] : []
    })
  }

  #referenceOf(name: string, tag: string): string {
    const { registry, namespace } = this.#manifest
    return qualified(`${registry}/${namespace}/${name}:${tag}`)
  }
}

function withoutEntries({
  entry: _,
  versionEntry: __,
  ...spec
}: NamedDistribution): ImageSpec['distribution'] {
  return spec
}
