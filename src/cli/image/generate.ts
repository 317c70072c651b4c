import { generatedFolder, renderCatalogue } from '../../image/factory/catalogue.ts'
import { type Generated, writeGenerated } from '../../image/factory/generate.ts'
import { METADATA, metadataOf } from '../../image/factory/metadata.ts'
import { selectImages } from '../../image/factory/select.ts'
import type { GenerateFlags } from './flags.ts'
import { catalogueOf, imageFolders } from './folder.ts'

/** Exit code: what is there differs, and was left alone. */
const DIFFERENT = 1

export function generate(names: readonly string[], flags: GenerateFlags): number {
  const { images: folder, policies } = imageFolders(flags)
  const { images } = catalogueOf(folder, flags.version)
  const selected = selectImages(images, names)
  const files = new Map(renderCatalogue(folder, selected, policies))
  if (flags.dumpMetadata) files.set(METADATA, metadataOf(images))
  const output = flags.output ?? generatedFolder(folder)
  const isWhole = names.length === 0
  const generated = writeGenerated(output, files, {
    overwrite: flags.overwrite ?? false,
    isOurs: (path) => isWhole && (path !== METADATA || flags.dumpMetadata === true),
  })
  report(generated, selected.length, output)
  return generated.kept.length === 0 ? 0 : DIFFERENT
}

function report({ written, unchanged, kept, removed }: Generated, images: number, output: string): void {
  const counts = [
    `${written.length} files written`,
    `${unchanged.length} unchanged`,
    `${removed.length} removed`,
  ]
  process.stdout.write(`${images} images in ${output}: ${counts.join(', ')}\n`)
  for (const path of kept)
    process.stderr.write(`krunner: ${path} is not as it is generated; --overwrite makes it so\n`)
}
