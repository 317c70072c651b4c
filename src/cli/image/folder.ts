/** Where the commands find the manifest, and where they keep what they make. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import { BuildRecords } from '../../image/factory/build-records.ts'
import { type Catalogue, readCatalogue } from '../../image/factory/catalogue.ts'
import { METADATA, metadataOf } from '../../image/factory/metadata.ts'
import type { ImageSpec } from '../../image/factory/spec.ts'
import { runtimeNames } from '../../runtime/modules.ts'
import { DIST } from '../../tree.ts'
import type { FolderFlags } from './flags.ts'

const PROJECT = join(DIST, '..')

export interface ImageFolders {
  /** With `manifest.yml` and `templates/`. */
  readonly images: string
  /** The jail policies that images get: beside the images, or our own. */
  readonly policies: string
  /** What is built and what failed: its records and logs. */
  readonly state: string
}

/** Throws BAD_FOLDER where there is no manifest. */
export function imageFolders({ images }: FolderFlags): ImageFolders {
  const found = images === undefined ? ['images', join(PROJECT, 'images')].find(hasManifest) : images
  if (found === undefined || !hasManifest(found))
    throw KrunnerError.of(
      'BAD_FOLDER',
      'the folder of images',
      resolve(found ?? 'images'),
      'has no manifest.yml',
    )
  const beside = join(found, '..', 'policies')
  return {
    images: found,
    policies: existsSync(beside) ? beside : join(PROJECT, 'policies'),
    state: join(found, '.build'),
  }
}

/** Throws BAD_MANIFEST with every problem. */
export function catalogueOf(folder: string, version?: string): Catalogue {
  return readCatalogue(folder, { version, runtimes: runtimeNames() })
}

/** `metadata.json` as `generate` writes it, with what has been built of it. */
export function writeMetadata(
  { state }: ImageFolders,
  images: readonly ImageSpec[],
  { all }: BuildRecords,
): void {
  mkdirSync(state, { recursive: true })
  writeFileSync(join(state, METADATA), metadataOf(images, all))
}

export function buildRecords({ state }: ImageFolders): BuildRecords {
  return new BuildRecords(join(state, 'records.json'))
}

function hasManifest(folder: string): boolean {
  return existsSync(join(folder, 'manifest.yml'))
}
