/** The files of an image: its Dockerfile, and what lies beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import type { ImageSpec, ServiceSpec } from './spec.ts'
import type { Templates } from './template.ts'

/** By path below the folder of all images. */
export type Files = ReadonlyMap<string, string>

export interface Sources {
  readonly templates: Templates
  /** Where the jail policies are. */
  readonly policies: string
}

const TEMPLATE = 'image.j2'

export function renderImages(images: readonly ImageSpec[], sources: Sources): Files {
  const files = new Map<string, string>()
  for (const image of images)
    for (const [path, content] of renderImage(image, sources)) files.set(path, content)
  return files
}

/** The Dockerfile's path below the folder of all images. */
export function dockerfileOf({ name, tag }: Pick<ImageSpec, 'name' | 'tag'>): string {
  return `${name}/Dockerfile.${tag}`
}

function renderImage(image: ImageSpec, { templates, policies }: Sources): [string, string][] {
  return [
    [dockerfileOf(image), templates.render(TEMPLATE, valuesOf(image))],
    [`${image.name}/policy.yml`, policyOf(image, policies)],
    ...image.services.filter(({ definition }) => definition).map((service) => definitionOf(image, service)),
  ]
}

function valuesOf(image: ImageSpec): Record<string, unknown> {
  // nunjucks takes `undefined` for an error, and `false` for what it is: not there.
  return {
    image,
    distribution: image.distribution,
    // The others stand right before what uses them, so that a change leaves the layers before alone.
    pythonArgument: image.arguments.PYTHON_VERSION ?? '',
    pipArguments: Object.entries(image.arguments)
      .filter(([name]) => name !== 'PYTHON_VERSION')
      .map(([name, value]) => ({ name, value })),
    python: image.python ?? false,
    accelerator: image.accelerator ?? false,
    // What is built upon has them already.
    prepare:
      image.parent || (image.hasOwnBase && image.packages.length === 0) ? [] : image.distribution.prepare,
    pythonSteps: image.parent ? [] : (image.python?.steps ?? []),
    buildsPython: !image.parent && image.python?.source === 'source',
    pinsPip: image.arguments.PIP_VERSION !== undefined,
    base: image.parent ?? Object.values(image.bases)[0],
    env: Object.entries(environmentOf(image)).map(([name, value]) => ({ name, value })),
    packages: packagesOf(image),
    labels: Object.entries({ ...image.labels, 'ai.backend.runtime-path': image.runtimePath }).map(
      ([name, value]) => ({ name, value }),
    ),
    hasDefinitions: image.services.some(({ definition }) => definition),
  }
}

/** What an image upon another inherits is not said again. */
function environmentOf(image: ImageSpec): Record<string, string> {
  return image.parent ? image.env : { ...image.distribution.env, ...image.accelerator?.env, ...image.env }
}

function packagesOf(image: ImageSpec): readonly string[] {
  const { python, pip } = image
  if (image.parent || image.hasOwnBase) return image.packages
  const ofPython = [...(python?.packages ?? []), ...(pip.length > 0 ? (python?.pipPackages ?? []) : [])]
  return [...new Set([...image.distribution.packages, ...ofPython, ...image.packages])]
}

function policyOf({ policy, name }: ImageSpec, folder: string): string {
  const found = [policy, 'default'].map((each) => join(folder, `${each}.yml`)).find(existsSync)
  if (!found)
    throw KrunnerError.of('BAD_FOLDER', `the folder of policies of ${name}`, folder, 'has no default.yml')
  return readFileSync(found, 'utf8')
}

function definitionOf({ name }: ImageSpec, service: ServiceSpec): [string, string] {
  return [`${name}/service-defs/${service.name}.json`, `${JSON.stringify(service.definition, null, 2)}\n`]
}
