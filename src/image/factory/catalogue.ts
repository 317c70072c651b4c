/** A folder of images: `manifest.yml`, `templates/`, and what is generated of them. */
import { join } from 'node:path'
import { readManifest } from './manifest.ts'
import { type Files, renderImages } from './render.ts'
import { type ResolveOptions, resolveImages } from './resolve.ts'
import type { ImageSpec } from './spec.ts'
import { Templates } from './template.ts'

export interface Catalogue {
  readonly folder: string
  readonly images: readonly ImageSpec[]
}

/** Throws BAD_MANIFEST with every problem. */
export function readCatalogue(folder: string, options: ResolveOptions = {}): Catalogue {
  const read = readManifest(join(folder, 'manifest.yml'))
  return { folder, images: resolveImages(read, options) }
}

export function renderCatalogue(folder: string, images: readonly ImageSpec[], policies: string): Files {
  return renderImages(images, { templates: new Templates(join(folder, 'templates')), policies })
}

export function generatedFolder(folder: string): string {
  return join(folder, 'generated')
}
