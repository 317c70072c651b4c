/** What programs want to know of all images: `metadata.json`. */
import type { BuiltImage } from './build-records.ts'
import { dockerfileOf } from './render.ts'
import type { ImageSpec } from './spec.ts'

export const METADATA = 'metadata.json'

interface ImageMetadata {
  name: string
  tag: string
  reference: string
  title: string
  dockerfile: string
  distribution: string
  releaseType: string
  /** What it is built upon. */
  base: string
  architectures: string[]
  policy: string
  services: string[]
  arguments: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  /** Once built. */
  digest?: string
  /** Bytes, once built. */
  size?: number
}

export function metadataOf(
  images: readonly ImageSpec[],
  built: ReadonlyMap<string, BuiltImage> = new Map(),
): string {
  const list = images.map((image) => describe(image, built.get(image.reference)))
  return `${JSON.stringify({ images: list }, null, 2)}\n`
}

export function describe(image: ImageSpec, built: BuiltImage | undefined): ImageMetadata {
  const { name, tag, reference, title, distribution, releaseType } = image
  return {
    name,
    tag,
    reference,
    title,
    dockerfile: dockerfileOf(image),
    distribution: `${distribution.name} ${distribution.version}`,
    releaseType,
    base: image.parent ?? Object.values(image.bases)[0] ?? '',
    architectures: Object.keys(image.bases),
    policy: image.policy,
    services: image.services.map((service) => service.name),
    arguments: image.arguments,
    labels: image.labels,
    ...(built && { digest: built.digest, size: built.size }),
  }
}
