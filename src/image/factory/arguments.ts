/** Arguments of a build that differ from their defaults: which Python, which commit. */
import { KrunnerError } from '../../errors.ts'
import type { ImageSpec } from './spec.ts'

const PYTHON = 'PYTHON_VERSION'

type Arguments = Readonly<Record<string, string>>

/**
 * The images as they are with these arguments. One that takes an argument of which another image comes has a tag that
 * says so. Throws BAD_OPTION where nobody takes one, or a distribution has no such Python.
 */
export function withArguments(images: readonly ImageSpec[], given: Arguments): ImageSpec[] {
  for (const [name, value] of Object.entries(given))
    if (!images.some((image) => name in image.arguments))
      throw KrunnerError.of(
        'BAD_OPTION',
        '--build-arg',
        `${name}=${value}`,
        `no image of these takes it; ${takenBy(images)}`,
      )
  const renamed = new Map(images.map((image) => [image.reference, changed(image, given)]))
  return [...renamed.values()].map((image) => ({
    ...image,
    parent: image.parent === undefined ? undefined : (renamed.get(image.parent)?.reference ?? image.parent),
  }))
}

function takenBy(images: readonly ImageSpec[]): string {
  const names = [...new Set(images.flatMap((image) => Object.keys(image.arguments)))]
  return names.length > 0 ? `they take ${names.join(', ')}` : 'they take none'
}

function changed(image: ImageSpec, given: Arguments): ImageSpec {
  const own = Object.entries(given).filter(([name]) => name in image.arguments)
  const values = Object.fromEntries(own)
  const asked = values[PYTHON]
  if (asked !== undefined) Object.assign(values, pythonArguments(image, asked))
  const different = Object.entries(values).filter(([name, value]) => image.arguments[name] !== value)
  if (different.length === 0) return image
  const before = image.arguments
  const after = { ...before, ...values }
  const suffix = different
    .filter(([name]) => name !== 'PIP_VERSION')
    .map(([name, value]) => suffixOf(name, value))
    .join('')
  return {
    ...image,
    tag: image.tag + suffix,
    reference: image.reference + suffix,
    arguments: after,
    labels: Object.fromEntries(
      Object.entries(image.labels).map(([name, value]) => [
        name,
        name.endsWith('.runtime-path')
          ? value.replace(`python${before[PYTHON]}`, `python${after[PYTHON]}`)
          : value,
      ]),
    ),
  }
}

/** `3.9` of packages; of sources its last release, and the pip that knows it. */
function pythonArguments(
  { name, tag, arguments: defaults, python, distribution }: ImageSpec,
  asked: string,
): Arguments {
  const found = python?.choices.find(({ version, minor }) => asked === version || asked === minor)
  const known = python?.choices.map(({ minor }) => minor).join(', ')
  if (!found)
    throw KrunnerError.of(
      'BAD_OPTION',
      '--build-arg PYTHON_VERSION',
      asked,
      `${name}:${tag} has its Python from ${distribution.name} ${distribution.version}, which has ${known}`,
    )
  return { [PYTHON]: found.version, ...('PIP_VERSION' in defaults && { PIP_VERSION: found.pip }) }
}

function suffixOf(name: string, value: string): string {
  const word = name === PYTHON ? 'python' : ''
  return `-${word}${value.replaceAll(/[^\w.-]/g, '-').slice(0, 40)}`
}
