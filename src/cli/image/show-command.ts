import type { Command } from 'commander'
import { exitWith } from '../exit.ts'
import type { LsFlags } from './flags.ts'
import { withFolder } from './folder-option.ts'

export function register(image: Command): void {
  withFolder(
    image
      .command('show')
      .summary('tell all of an image')
      .description(
        'Tell all of an image: its base, labels, arguments, policy and services, and its digest where it is built.',
      )
      .argument('<NAME>', 'NAME for all its tags, or NAME:TAG'),
  )
    .option('--json', 'for programs')
    .action((name: string, flags: LsFlags) =>
      exitWith(async () => {
        const { show } = await import('./ls.ts')
        return show(name, flags)
      }),
    )
}
