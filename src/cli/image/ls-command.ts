import type { Command } from 'commander'
import { exitWith } from '../exit.ts'
import type { LsFlags } from './flags.ts'
import { withFolder } from './folder-option.ts'

export function register(image: Command): void {
  withFolder(
    image
      .command('ls')
      .summary("list the manifest's images")
      .description(
        "List the manifest's images: what each is built upon, its runtime, and its size where it is built.",
      )
      .argument('[NAME...]', 'NAME for all its tags, or NAME:TAG; * stands for anything'),
  )
    .option('--json', 'for programs: as metadata.json')
    .action((names: string[], flags: LsFlags) =>
      exitWith(async () => {
        const { list } = await import('./ls.ts')
        return list(names, flags)
      }),
    )
}
