import { KrunnerError } from '../../errors.ts'
import { nearest } from '../../nearest.ts'
import type { ImageSpec } from './spec.ts'

/** Those of the names: NAME for all its tags, NAME:TAG, each with `*` for anything. None: all. Throws UNKNOWN_IMAGE. */
export function selectImages(images: readonly ImageSpec[], names: readonly string[]): ImageSpec[] {
  const tests = names.map((name) => {
    const test = testOf(name)
    if (!images.some(test)) throw unknown(name, images)
    return test
  })
  return images.filter((image) => tests.length === 0 || tests.some((test) => test(image)))
}

function testOf(pattern: string): (image: ImageSpec) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^(${parts.join('.*')})$`)
  return ({ name, tag }) => expression.test(name) || expression.test(`${name}:${tag}`)
}

function unknown(name: string, images: readonly ImageSpec[]): KrunnerError {
  const known = images.flatMap((image) => [image.name, `${image.name}:${image.tag}`])
  const meant = nearest(name, known)
  return KrunnerError.of(
    'UNKNOWN_IMAGE',
    name,
    meant ? `did you mean '${meant}'?` : '`krunner image ls` lists them',
  )
}
