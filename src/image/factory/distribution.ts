import type { Faults } from './faults.ts'
import type { Manifest } from './manifest-schema.ts'
import type { Release } from './release.ts'
import type { DistributionSpec, ImageSpec } from './spec.ts'

type Entry = Manifest['distributions'][string]

/** A distribution of one version, and what the manifest says of both. */
export interface NamedDistribution extends DistributionSpec {
  readonly entry: Entry
  readonly versionEntry: Entry['versions'][string]
}

/** The one that the release names, `debian 12`; of an image upon another it is that one's. */
export function resolveDistribution(
  { distributions }: Manifest,
  release: Release,
  parent: ImageSpec | undefined,
  faults: Faults,
): NamedDistribution | undefined {
  const path = release.pathOf('distribution')
  const said = parent
    ? `${parent.distribution.name} ${parent.distribution.version}`
    : release.get('distribution')
  if (said === undefined)
    return faults.add(path, "names no distribution; write 'distribution: debian 12', say")
  const [name = '', version = ''] = said.split(' ')
  const entry = faults.find('distribution', distributions, name, path)
  const versionEntry = entry && faults.find(`version of ${name}`, entry.versions, version, path)
  if (!entry || !versionEntry) return undefined
  return {
    name,
    version,
    packageManager: entry['package-manager'],
    baseDistro: entry['base-distro'],
    env: entry.env,
    packages: entry.packages,
    prepare: [...versionEntry.prepare, ...entry.prepare],
    pythons: Object.keys(versionEntry.python),
    entry,
    versionEntry,
  }
}
