/** The manifest's parts put together to images. */
import { draftsOf } from './drafts.ts'
import { Faults } from './faults.ts'
import type { ReadManifest } from './manifest.ts'
import { Resolver } from './resolver.ts'
import type { ImageSpec } from './spec.ts'

export interface ResolveOptions {
  /** Of what the release types install; default: the manifest's. */
  readonly version?: string | undefined
  /** The runtime types that there are. Default: whatever the manifest says. */
  readonly runtimes?: readonly string[]
}

/** All images of the manifest, in its order. Throws BAD_MANIFEST with every problem. */
export function resolveImages(
  { manifest, document }: ReadManifest,
  options: ResolveOptions = {},
): ImageSpec[] {
  const { version = manifest.version, runtimes } = options
  const faults = new Faults()
  for (const [index, image] of manifest.images.entries())
    if (runtimes && !runtimes.includes(image['runtime-type']))
      faults.add(
        ['images', index, 'runtime-type'],
        `is '${image['runtime-type']}', and there is no such runtime; choose one of ${runtimes.join(', ')}`,
      )
  const drafts = draftsOf(manifest, version, faults, (path) => document.place(path))
  const resolver = new Resolver(manifest, version, drafts, faults)
  const specs = [...drafts.values()].map((draft) => resolver.resolve(draft))
  if (faults.problems.length > 0) throw document.error(faults.problems)
  return specs.filter((spec) => spec !== undefined)
}
