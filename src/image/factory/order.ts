import type { ImageSpec } from './spec.ts'

/** With the images that these are built upon, each after its own. */
export function inBuildOrder(selected: readonly ImageSpec[], all: readonly ImageSpec[]): ImageSpec[] {
  const byReference = new Map(all.map((image) => [image.reference, image]))
  const ordered = new Set<ImageSpec>()
  const add = (image: ImageSpec) => {
    const parent = image.parent === undefined ? undefined : byReference.get(image.parent)
    if (parent) add(parent)
    ordered.add(image)
  }
  for (const image of selected) add(image)
  return [...ordered]
}
