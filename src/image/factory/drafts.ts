/** Each tag of the manifest, before anything is known of it. */
import * as v from 'valibot'
import type { Path } from './document.ts'
import type { Faults } from './faults.ts'
import { fill } from './fill.ts'
import { type Manifest, tagForm } from './manifest-schema.ts'
import { Release } from './release.ts'

export interface Draft {
  readonly release: Release
  readonly tag: string
  /** `NAME:TAG`. */
  readonly key: string
}

/** By key. A tag that another image has is a problem, which says where that is. */
export function draftsOf(
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
