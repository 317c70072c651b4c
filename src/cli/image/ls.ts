import { describe, metadataOf } from '../../image/factory/metadata.ts'
import { selectImages } from '../../image/factory/select.ts'
import type { LsFlags } from './flags.ts'
import { buildRecords, catalogueOf, imageFolders } from './folder.ts'
import { formatBytes } from './progress.ts'
import { columns } from './table.ts'

export function list(names: readonly string[], flags: LsFlags): number {
  const folders = imageFolders(flags)
  const images = selectImages(catalogueOf(folders.images).images, names)
  const built = buildRecords(folders).all
  if (flags.json) process.stdout.write(metadataOf(images, built))
  else {
    const rows = images.map((image) => {
      const size = built.get(image.reference)?.size
      const base = image.parent ?? Object.values(image.bases)[0] ?? ''
      return [
        `${image.name}:${image.tag}`,
        image.runtimeType,
        base,
        size === undefined ? '' : formatBytes(size),
      ]
    })
    process.stdout.write(columns([['IMAGE', 'RUNTIME', 'BASE', 'SIZE'], ...rows]))
  }
  return 0
}

export function show(name: string, flags: LsFlags): number {
  const folders = imageFolders(flags)
  const images = selectImages(catalogueOf(folders.images).images, [name])
  const built = buildRecords(folders).all
  if (flags.json) process.stdout.write(metadataOf(images, built))
  else
    for (const image of images) {
      const { labels, arguments: values, ...rest } = describe(image, built.get(image.reference))
      const size = rest.size === undefined ? [] : [['size', formatBytes(rest.size)]]
      const facts = Object.entries({ ...rest, size: undefined }).flatMap(([key, value]) =>
        value === undefined || String(value) === ''
          ? []
          : [[key, Array.isArray(value) ? value.join(', ') : String(value)]],
      )
      process.stdout.write(columns([...facts, ...size, ...Object.entries(values), ...Object.entries(labels)]))
      process.stdout.write('\n')
    }
  return 0
}
