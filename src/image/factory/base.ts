import type { NamedDistribution } from './distribution.ts'
import type { Path } from './document.ts'
import type { Faults } from './faults.ts'
import { fill } from './fill.ts'
import type { BaseEntry, Manifest } from './manifest-schema.ts'
import { qualified, tagOf } from './reference.ts'
import type { Release } from './release.ts'
import type { AcceleratorSpec } from './spec.ts'

/** The base images by architecture: the release's own, the accelerator's, or the distribution's. */
export function resolveBases(
  { accelerators }: Manifest,
  release: Release,
  accelerator: AcceleratorSpec | undefined,
  distribution: NamedDistribution,
  tag: string,
  faults: Faults,
): Record<string, string> | undefined {
  const { name, version, versionEntry } = distribution
  const where = `${name} ${version}`
  const ofAccelerator =
    accelerator && accelerators[accelerator.name]?.versions[accelerator.version]?.bases[where]
  const said = (base: BaseEntry | undefined, path: Path) => (base === undefined ? undefined : { base, path })
  const { base, path } = said(release.get('base'), release.pathOf('base')) ??
    said(ofAccelerator, [
      'accelerators',
      accelerator?.name ?? '',
      'versions',
      accelerator?.version ?? '',
      'bases',
      where,
    ]) ?? {
      base: versionEntry.base,
      path: ['distributions', name, 'versions', version, 'base'],
    }
  return faults.attempt(path, () =>
    Object.fromEntries(
      Object.entries(byArchitecture(base)).map(([architecture, image]) => [
        architecture,
        pinned(qualified(fill(image, { tag }))),
      ]),
    ),
  )
}

/** One that says no architectures is of the first alone. */
function byArchitecture(base: BaseEntry): Record<string, string> {
  return typeof base === 'string' ? { amd64: base } : base
}

export function distributionBase({ versionEntry }: NamedDistribution): string | undefined {
  const [first] = Object.values(byArchitecture(versionEntry.base))
  return first === undefined ? undefined : qualified(first)
}

function pinned(image: string): string {
  const tag = tagOf(image)
  if (tag === undefined || tag === 'latest')
    throw new Error(`is '${image}', which is another image tomorrow; name a tag of a version`)
  return image
}
