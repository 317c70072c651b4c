import { type Command, InvalidArgumentError } from 'commander'
import { exitWith } from '../exit.ts'
import type { LintOptions } from './lint.ts'

export function register(image: Command): void {
  image
    .command('lint')
    .summary('find what is wrong with an image, before an agent does')
    .description(
      'Read a Dockerfile, a folder that has some, an OCI configuration, what podman or docker say by inspect, or ask them for an image by its name; and say what is wrong with the labels, the policy and the service definitions, where, and what mends it.',
    )
    .argument('<PATH|IMAGE...>', 'what to look at')
    .option('--context <FOLDER>', "the folder that the build copies from; default: the Dockerfile's own")
    .option('--target <STAGE>', 'the stage to look at; default: the last')
    .option(
      '--build-arg <NAME=VALUE>',
      'as for the build; may be there several times',
      addArgument,
      new Map(),
    )
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      '\nIt exits with 0 where there is no error, 1 where there is one, 2 where something cannot be read.',
    )
    .action((subjects: string[], options: LintOptions) =>
      exitWith(async () => {
        const { lintSubjects } = await import('./lint.ts')
        return lintSubjects(subjects, options)
      }),
    )
}

function addArgument(pair: string, before: ReadonlyMap<string, string>): Map<string, string> {
  const end = pair.indexOf('=')
  if (end < 1) throw new InvalidArgumentError(`'${pair}' is not NAME=VALUE.`)
  return new Map([...before, [pair.slice(0, end), pair.slice(end + 1)]])
}
