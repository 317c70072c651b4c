import type { Command } from 'commander'
import type { Address } from '../client/sockets.ts'
import { CONNECT_FLAGS, parseAddress } from './address.ts'
import { exitWith } from './exit.ts'

interface Options {
  connect?: Required<Address>
  debug?: true
}

export function register(program: Command): void {
  program
    .command('console')
    .summary('talk to a runtime from a terminal')
    .description('Start a runner in the current folder and run cells in it, or join one that runs.')
    .argument('[RUNTIME]', 'such as python or nodejs; not with --connect')
    .argument('[RUNTIME-PATH]', "the language's executable; default: the one in PATH")
    .option(CONNECT_FLAGS, 'join the runner with these ports; no agent may be connected to it', parseAddress)
    .option('--debug', "show the runner's own log")
    .action((runtime: string | undefined, runtimePath: string | undefined, options: Options) =>
      exitWith(async () => {
        const { runConsole } = await import('./console/session.ts')
        return runConsole({
          ...options,
          ...(runtime === undefined ? {} : { runtime }),
          ...(runtimePath === undefined ? {} : { runtimePath }),
        })
      }),
    )
}
