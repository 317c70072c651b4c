import type { NamedDistribution } from './distribution.ts'
import type { Faults } from './faults.ts'
import type { Manifest } from './manifest-schema.ts'
import type { Release } from './release.ts'
import type { AcceleratorSpec, ImageSpec } from './spec.ts'

/** The one that the release names, `cuda 10.1`, or its release type; of an image upon another it is that one's. */
export function resolveAccelerator(
  { accelerators }: Manifest,
  release: Release,
  ofType: string | undefined,
  { name: distribution, version: distributionVersion }: NamedDistribution,
  parent: ImageSpec | undefined,
  faults: Faults,
): AcceleratorSpec | undefined {
  if (parent) return parent.accelerator && { ...parent.accelerator, steps: [] }
  const said = release.get('accelerator') ?? ofType
  if (said === undefined) return undefined
  const path = release.pathOf('accelerator')
  const [name = '', version = ''] = said.split(' ')
  const entry = faults.find('accelerator', accelerators, name, path)
  const found = entry && faults.find(`version of ${name}`, entry.versions, version, path)
  if (!entry || !found) return undefined
  const where = `${distribution} ${distributionVersion}`
  const places = [...Object.keys(found.bases), ...Object.keys(found.steps)]
  if (!places.includes(where) && release.get('base') === undefined)
    return faults.add(
      path,
      `is '${said}', which there is not for ${where}; there is for ${places.join(', ') || 'none'}`,
    )
  const { label, resources, env } = entry
  return { name, version, label, resources, env, steps: found.steps[where] ?? [] }
}
