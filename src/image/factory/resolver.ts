/** Makes an image of each draft, those first that others are built upon. */
import { resolveAccelerator } from './accelerator.ts'
import { distributionBase, resolveBases } from './base.ts'
import { type NamedDistribution, resolveDistribution } from './distribution.ts'
import type { Draft } from './drafts.ts'
import type { Faults } from './faults.ts'
import { fill } from './fill.ts'
import { frameworkPip } from './framework.ts'
import { labelsOf } from './labels.ts'
import type { Manifest } from './manifest-schema.ts'
import { resolvePython, runtimePathOf } from './python.ts'
import { qualified } from './reference.ts'
import type { Release } from './release.ts'
import type { AcceleratorSpec, ImageSpec, PythonSpec, ServiceSpec } from './spec.ts'

const DEFAULT_TYPE = 'kernels'

type ReleaseType = Manifest['release-types'][string]

interface Ground {
  readonly parent: ImageSpec | undefined
  readonly distribution: NamedDistribution
  readonly type: ReleaseType | undefined
  readonly accelerator: AcceleratorSpec | undefined
  readonly bases: ImageSpec['bases']
  readonly python: PythonSpec | undefined
}

export class Resolver {
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
    const parent = this.#parentOf(release, tag)
    if (parent === 'unknown') return undefined
    const ground = this.#groundOf(release, tag, parent)
    return ground && this.#specOf(release, tag, ground)
  }

  /** What the release stands on. */
  #groundOf(release: Release, tag: string, parent: ImageSpec | undefined): Ground | undefined {
    const [manifest, faults] = [this.#manifest, this.#faults]
    const distribution = resolveDistribution(manifest, release, parent, faults)
    if (!distribution) return undefined
    const type = this.#releaseTypeOf(release)
    const accelerator = resolveAccelerator(manifest, release, type?.accelerator, distribution, parent, faults)
    const bases = parent?.bases ?? resolveBases(manifest, release, accelerator, distribution, tag, faults)
    const python = resolvePython(manifest, release, distribution, parent, faults)
    if (!bases || (release.get('python') !== undefined && !python)) return undefined
    return { parent, distribution, type, accelerator, bases, python }
  }

  #specOf(release: Release, tag: string, ground: Ground): ImageSpec | undefined {
    const { image } = release
    const { parent, distribution, type, accelerator, bases, python } = ground
    const said = release.get('runtime-path') ?? runtimePathOf(python) ?? parent?.runtimePath
    if (said === undefined)
      return this.#faults.add(release.path, "has no 'runtime-path', and no Python that gives it")
    const installed = this.#installed(release, tag, ground)
    const spec = {
      name: image.name,
      tag,
      reference: this.#referenceOf(image.name, tag),
      title: image.title,
      path: release.path,
      parent: parent?.reference,
      hasDistributionBase: !parent && Object.values(bases)[0] === distributionBase(distribution),
      hasOwnBase: release.get('base') !== undefined,
      bases,
      distribution: withoutEntries(distribution),
      python,
      accelerator,
      releaseType: release.get('release-type') ?? DEFAULT_TYPE,
      arguments: this.#argumentsOf(type, python, installed.pip, release),
      env: { ...image.env, ...release.entry.env },
      ...installed,
      runtimeType: image['runtime-type'],
      runtimePath: this.#filled(release, 'runtime-path', [said], { tag })[0] ?? said,
      features: [...image.features, 'uid-match'],
      services: this.#servicesOf(release),
      policy: image.policy ?? image['runtime-type'],
    }
    const resources = { ...accelerator?.resources, ...image.resources, ...release.entry.resources }
    const { corecount, labels } = image
    return { ...spec, labels: labelsOf({ ...spec, resources, corecount, labels }, this.#faults) }
  }

  /** Packages, what pip installs, and further steps. */
  #installed(release: Release, tag: string, { type, distribution, accelerator, python }: Ground) {
    const values = { version: this.#version, tag, python: python?.minor }
    const packages = [
      ...(release.get('packages') ?? []),
      ...(type?.packages[distribution.packageManager] ?? []),
    ]
    const framework = frameworkPip(this.#manifest, release, tag, accelerator, this.#faults)
    const pip = [...framework, ...(type?.pip ?? []), ...(release.get('pip') ?? [])]
    return {
      packages: this.#filled(release, 'packages', packages, values),
      pip: this.#filled(release, 'pip', pip, values),
      steps: this.#filled(release, 'steps', release.get('steps') ?? [], values),
    }
  }

  #filled(
    release: Release,
    key: 'pip' | 'steps' | 'packages' | 'runtime-path',
    texts: readonly string[],
    values: Readonly<Record<string, string | undefined>>,
  ): string[] {
    return this.#faults.attempt(release.pathOf(key), () => texts.map((text) => fill(text, values))) ?? []
  }

  /** Undefined: it is built upon none of the manifest's. */
  #parentOf(release: Release, tag: string): ImageSpec | undefined | 'unknown' {
    if (release.get('from') === undefined) return undefined
    return this.#findParent(release, tag) ?? 'unknown'
  }

  #findParent(release: Release, tag: string): ImageSpec | undefined {
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
    const name = release.get('release-type') ?? DEFAULT_TYPE
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
