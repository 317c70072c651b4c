import type { Command } from 'commander'
import { exitWith } from '../exit.ts'
import type { GenerateFlags } from './flags.ts'
import { withFolder } from './folder-option.ts'

export function register(image: Command): void {
  withFolder(
    image
      .command('generate')
      .summary('write the Dockerfiles of the manifest')
      .description(
        'Write Dockerfile, jail policy and service definitions of each image. Without names those of all. A file that is there ' +
          'with other content is left alone, and the exit code is 1, unless --overwrite.',
      )
      .argument('[NAME...]', 'NAME for all its tags, or NAME:TAG; * stands for anything'),
  )
    .option('--version <V>', "of what the release types install; default: the manifest's")
    .option('--output <FOLDER>', 'where to; default: generated/ in the folder of images')
    .option('--dump-metadata', 'write metadata.json, too: what programs want to know of all images')
    .option('--overwrite', 'write over what is there, and remove what is of no image any more')
    .action((names: string[], flags: GenerateFlags) =>
      exitWith(async () => {
        const { generate } = await import('./generate.ts')
        return generate(names, flags)
      }),
    )
}
