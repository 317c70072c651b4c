import { type Command, InvalidArgumentError, Option } from 'commander'
import { ENGINES } from '../../image/factory/engines.ts'
import { exitWith } from '../exit.ts'
import type { PushFlags } from './flags.ts'
import { withFolder } from './folder-option.ts'

export function register(image: Command): void {
  withFolder(
    image
      .command('push')
      .summary('push what is built to a registry')
      .description(
        "Push images that `krunner image build` has built. Who you are to the registry is the engine's: log in with it before. " +
          'The digests are kept, and shown by `krunner image show`.',
      )
      .argument('[NAME...]', 'default: all that are built'),
  )
    .addOption(new Option('--engine <ENGINE>', 'default: the first that is there').choices(ENGINES))
    .option('--registry <HOST[:PORT]>', "default: the manifest's")
    .option(
      '--insecure',
      'the registry has no TLS, or nobody knows its certificate; not with docker, whose daemon decides',
    )
    .option('--retries <N>', 'how often each is tried again', parseCount, 3)
    .option('--dry-run', 'print the commands, and run nothing')
    .action((names: string[], flags: PushFlags) =>
      exitWith(async () => {
        const { pushImages } = await import('./push.ts')
        return pushImages(names, flags)
      }),
    )
}

function parseCount(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`'${text}' is no number from 0 to 99.`)
}
