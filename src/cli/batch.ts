import type { Command } from 'commander'
import { exitWith } from './exit.ts'

interface Options {
  clean: string
  build: string
  exec: string
  runtimePath?: string
}

export function register(program: Command): void {
  program
    .command('batch')
    .summary('build and run a project folder')
    .description(
      'Clean, build and execute a project folder once, and exit with the code of the first step that fails. ' +
        "A step is a shell command, * for the runtime's own way, or empty for none.",
    )
    .argument('<RUNTIME>', 'such as python or nodejs')
    .argument('<DIR>', 'the project folder')
    .option('--clean <CMD>', 'first', '')
    .option('--build <CMD>', 'then', '*')
    .option('--exec <CMD>', 'at last', '*')
    .option('--runtime-path <PATH>', "the language's executable; default: the one in PATH")
    .action((runtime: string, folder: string, { runtimePath, ...commands }: Options) =>
      exitWith(async () => {
        const { runProject } = await import('./script/project.ts')
        return runProject(folder, commands, {
          runtime,
          ...(runtimePath === undefined ? {} : { runtimePath }),
        })
      }),
    )
}
