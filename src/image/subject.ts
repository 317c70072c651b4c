/** What a command was asked to look at: a Dockerfile, a folder of them or of an image, a description in JSON, or an image's name. */
import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { KrunnerError } from '../errors.ts'
import { withLabelsOfBase } from './base-labels.ts'
import type { CopiedFile, DescribedImage } from './described.ts'
import { type DockerfileOptions, describeDockerfile, filesBeside } from './dockerfile/described.ts'
import { readText, statOf } from './files.ts'
import { describeInspected, placesIn } from './inspected.ts'
import { inspectionOf } from './inspection.ts'
import { configsIn } from './oci-layout.ts'

const DOCKERFILES = ['Dockerfile', 'Containerfile', 'Dockerfile.*', 'Containerfile.*', '*.[Dd]ockerfile']
/** No Dockerfile is larger, and no description. */
const LARGEST = 16 * 1024 ** 2

/** At least one. Throws BAD_IMAGE. */
export async function describeSubject(asked: string, options: DockerfileOptions): Promise<DescribedImage[]> {
  const kind = statOf(asked)
  if (kind?.isDirectory() && statOf(join(asked, 'oci-layout'))) return describeLayout(asked)
  if (kind) return describeFiles(kind.isDirectory() ? dockerfilesIn(asked) : [asked], options)
  if (isPath(asked)) throw KrunnerError.of('BAD_IMAGE', asked, 'there is no such file or folder')
  const json = await inspectionOf(asked)
  const place = { file: asked }
  return described(
    asked,
    describeInspected(asked, json, () => place),
  )
}

function describeLayout(folder: string): DescribedImage[] {
  const configs = configsIn(folder)
  if (typeof configs === 'string') throw KrunnerError.of('BAD_IMAGE', folder, configs)
  return configs.flatMap(({ name, file }) =>
    describeJson(file, textOf(file)).map((image) => (name ? { ...image, name } : image)),
  )
}

/** One after the other: for some an engine is asked. */
async function describeFiles(
  files: readonly string[],
  options: DockerfileOptions,
): Promise<DescribedImage[]> {
  const images: DescribedImage[] = []
  for (const image of files.flatMap((file) => describeFile(file, options)))
    images.push(await withLabelsOfBase(image))
  return images
}

/** Image names begin with a letter or a digit, and end in no file's ending. */
function isPath(asked: string): boolean {
  return /^[./~]|\.(?:json|dockerfile)$|(?:^|\/)(?:Dockerfile|Containerfile)/i.test(asked)
}

function dockerfilesIn(folder: string): string[] {
  const files = globSync(DOCKERFILES, { cwd: folder })
    .filter((name) => !name.endsWith('.dockerignore'))
    .filter((name) => statOf(join(folder, name))?.isFile())
  if (files.length === 0)
    throw KrunnerError.of('BAD_IMAGE', folder, 'the folder has no Dockerfile and no Containerfile')
  return [...new Set(files)].sort().map((name) => join(folder, name))
}

function describeFile(file: string, options: DockerfileOptions): DescribedImage[] {
  const text = textOf(file)
  if (!/^\s*[[{]/.test(text.slice(0, 1000))) return [describeDockerfile(file, text, options)]
  const beside = filesBeside(dirname(file)).map(asInImage)
  return describeJson(file, text).map((image) => ({ ...image, files: beside }))
}

function describeJson(file: string, text: string): DescribedImage[] {
  return described(file, describeInspected(file, text, placesIn(file, text)))
}

function textOf(file: string): string {
  const text = readText(file, LARGEST)
  if (typeof text !== 'string') throw KrunnerError.of('BAD_IMAGE', file, text.what)
  return text
}

function described(asked: string, found: DescribedImage[] | string): DescribedImage[] {
  if (typeof found === 'string') throw KrunnerError.of('BAD_IMAGE', asked, found)
  return found
}

/** Beside a description lies what the image has inside. */
function asInImage(path: string): CopiedFile {
  const name = basename(path)
  const target =
    name === 'policy.yml' ? `/etc/backend.ai/jail/${name}` : `/etc/backend.ai/service-defs/${name}`
  return { target, place: { file: path }, source: { path } }
}
