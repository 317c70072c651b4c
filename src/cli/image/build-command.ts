import { type Command, InvalidArgumentError, Option } from 'commander'
import { ENGINES } from '../../image/factory/engines.ts'
import { exitWith } from '../exit.ts'
import type { BuildFlags } from './flags.ts'
import { withFolder } from './folder-option.ts'

export function register(image: Command): void {
  withFolder(
    image
      .command('build')
      .summary("build the manifest's images")
      .description(
        'Build images, each after what it is built upon. What has not changed since is not built again, so that after Ctrl-C ' +
          'or a failure the same command goes on. Logs of what failed are kept.',
      )
      .argument('[NAME...]', 'NAME for all its tags, or NAME:TAG; * stands for anything'),
  )
    .addOption(new Option('--engine <ENGINE>', 'default: the first that is there').choices(ENGINES))
    .option('--version <V>', "of what the release types install; default: the manifest's")
    .option('--jobs <N>', 'how many at a time', parseCount, 1)
    .option(
      '--base <NAME=IMAGE>',
      'an image in the place of a base: of debian:12, say, or of the whole name',
      collect,
      {},
    )
    .option('--build-arg <NAME=VALUE>', 'such as PYTHON_VERSION=3.9; the tag then says so', collect, {})
    .option('--arch <ARCH>', 'amd64, arm64; default: that of this machine')
    .option('--network <NAME>', 'for what builds need of it, as the engine calls it: host, say')
    .option('--dry-run', 'print the commands, and run nothing')
    .action((names: string[], flags: BuildFlags) =>
      exitWith(async () => {
        const { buildImages } = await import('./build.ts')
        return buildImages(names, flags)
      }),
    )
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`'${text}' is no number from 1 to 999.`)
}

function collect(text: string, before: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([^=\s]+)=(.+)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('write NAME=VALUE.')
  return { ...before, [name]: value }
}
