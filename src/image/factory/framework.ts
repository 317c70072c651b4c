import type { Faults } from './faults.ts'
import { fill } from './fill.ts'
import type { Manifest } from './manifest-schema.ts'
import type { Release } from './release.ts'
import type { AcceleratorSpec } from './spec.ts'

/** What pip installs of the framework. Its version is the tag's, up to the first dash: `2.3` of `2.3-py36-cuda10`. */
export function frameworkPip(
  { frameworks }: Manifest,
  release: Release,
  tag: string,
  accelerator: AcceleratorSpec | undefined,
  faults: Faults,
): string[] {
  const name = release.get('framework')
  if (name === undefined) return []
  const path = release.pathOf('framework')
  const framework = faults.find('framework', frameworks, name, path)
  const version = tag.split('-')[0] ?? tag
  const found =
    framework && faults.find(`version of ${name}`, framework.versions, version, [...release.path, 'tags'])
  if (!framework || !found) return []
  const { pip: own, ...values } = found
  const kind = accelerator?.name ?? 'default'
  const packages = own?.[kind] ?? own?.default ?? framework.pip[kind] ?? framework.pip.default
  if (!packages) {
    faults.add(
      ['frameworks', name, 'pip'],
      `has neither '${kind}' nor 'default', and ${release.image.name}:${tag} needs one`,
    )
    return []
  }
  const known = {
    ...(values as Record<string, string>),
    'accelerator-digits': accelerator?.version.replaceAll('.', ''),
  }
  return (
    faults.attempt(['frameworks', name, 'versions', version], () =>
      packages.map((each) => fill(each, known)),
    ) ?? []
  )
}
