/** Of what an image is built: the engine's command, and a digest of all that goes into it. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import type { BuildRequest } from './engines.ts'
import { qualified } from './reference.ts'
import { dockerfileOf, type Files } from './render.ts'
import type { ImageSpec } from './spec.ts'

export interface RecipeOptions {
  /** Where the generated files are. */
  readonly folder: string
  /** By name: a base image as it is called, or a distribution such as `debian:12`. */
  readonly bases: ReadonlyMap<string, string>
  readonly architecture: string | undefined
  readonly network: string | undefined
}

/** `origin` is the image of the manifest, `image` the same with the arguments of this build. */
export function buildRequest(origin: ImageSpec, image: ImageSpec, options: RecipeOptions): BuildRequest {
  const { folder, architecture, network } = options
  const base = baseOf(image, options)
  const changed = Object.entries(image.arguments).filter(([name, value]) => origin.arguments[name] !== value)
  const isDefault = base === (origin.parent ?? Object.values(origin.bases)[0])
  return {
    reference: image.reference,
    dockerfile: join(folder, dockerfileOf(origin)),
    context: join(folder, origin.name),
    arguments: { ...(!isDefault && { BASE_IMAGE: base }), ...Object.fromEntries(changed) },
    architecture,
    network,
  }
}

function baseOf(image: ImageSpec, { bases, architecture }: RecipeOptions): string {
  if (image.parent !== undefined) return image.parent
  const [first] = Object.keys(image.bases)
  const own = image.bases[architecture ?? first ?? '']
  if (own === undefined)
    throw KrunnerError.of(
      'BAD_OPTION',
      '--arch',
      `${architecture}`,
      `${image.name}:${image.tag} has a base for ${Object.keys(image.bases).join(', ')}`,
    )
  const names = baseNames(image)
  return [...bases].find(([name]) => names.includes(qualified(name)))?.[1] ?? own
}

/** What `--base` may call the image's base. */
export function baseNames({ bases, distribution, hasDistributionBase }: ImageSpec): string[] {
  const ofDistribution = qualified(`${distribution.name}:${distribution.version}`)
  return [...Object.values(bases), ...(hasDistributionBase ? [ofDistribution] : [])]
}

/** Changes when anything changes that the image is made of. `base` is the id of what it is built upon, where that is known. */
export function recipeOf(origin: ImageSpec, request: BuildRequest, files: Files, base: string): string {
  const hash = createHash('sha256')
  const own = dockerfileOf(origin)
  const isContext = (path: string) =>
    path.startsWith(`${origin.name}/`) && !path.startsWith(`${origin.name}/Dockerfile.`)
  for (const [path, content] of files)
    if (path === own || isContext(path)) hash.update(`${path}\0${content}\0`)
  hash.update(JSON.stringify([request.arguments, request.architecture, base]))
  return hash.digest('hex')
}
