import type { Command } from 'commander'
import type { Address } from '../client/sockets.ts'
import { CONNECT_FLAGS, parseAddress } from './address.ts'
import { exitWith } from './exit.ts'

interface Options {
  connect?: Required<Address>
  runtimePath?: string
}

export function register(program: Command): void {
  program
    .command('run')
    .summary('run a file as one cell')
    .description('Run a file, or standard input, as one cell in query mode, and exit with its code.')
    .argument('<RUNTIME>', 'such as python or nodejs')
    .argument('<FILE>', 'the file; - for standard input')
    .option('--runtime-path <PATH>', "the language's executable; default: the one in PATH")
    .option(CONNECT_FLAGS, 'use the runner with these ports; no agent may be connected to it', parseAddress)
    .action((runtime: string, file: string, options: Options) =>
      exitWith(async () => {
        const { runFile } = await import('./script/cell.ts')
        return runFile(file, { runtime, ...options })
      }),
    )
}
