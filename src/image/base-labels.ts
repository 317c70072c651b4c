/** What an image has from its base, where an engine of this machine has that base. */
import type { DescribedImage, Said } from './described.ts'
import { describeInspected } from './inspected.ts'
import { inspectionOf } from './inspection.ts'
import { REQUIRED } from './lint/required.ts'

/** Engines are asked only where something is missing: each takes its time. */
export async function withLabelsOfBase(image: DescribedImage): Promise<DescribedImage> {
  const { base } = image
  if (!base || REQUIRED.every((label) => image.labels.has(label))) return image
  const found = await inspect(base)
  if (!found) return image
  return {
    ...image,
    labels: new Map([...found.labels, ...image.labels]),
    env: new Map([...found.env, ...image.env]),
    user: image.user ?? found.user,
    isBaseKnown: true,
  }
}

async function inspect(base: Said): Promise<DescribedImage | undefined> {
  try {
    const found = describeInspected(base.value, await inspectionOf(base.value), () => base.place)
    return typeof found === 'string' ? undefined : found[0]
  } catch {
    // Nobody has it here, and that is no fault of the image.
    return undefined
  }
}
