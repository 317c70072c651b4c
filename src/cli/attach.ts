import { type Command, InvalidArgumentError } from 'commander'
import type { Address } from '../client/sockets.ts'
import { CONNECT_FLAGS, parseAddress } from './address.ts'
import { exitWith } from './exit.ts'
import type { Place } from './terminal/remote.ts'

interface Options {
  connect?: Required<Address>
  session?: string
  token?: string
}

export function register(program: Command): void {
  program
    .command('attach')
    .summary('connect this terminal to one of a runner')
    .description(
      'Connect this terminal to a terminal service, or to the Linux console of a runner. Ctrl-] leaves.',
    )
    .argument('[HOST:PORT]', 'where the terminal service is', parsePlace)
    .option(CONNECT_FLAGS, 'the console of the runner with these ports', parseAddress)
    .option('--session <NAME>', 'come back to the session of that name, or begin it')
    .option('--token <TOKEN>', 'where the service asks for one')
    .action((place: Place | undefined, options: Options) =>
      exitWith(async () => {
        const { attachTerminal } = await import('./terminal/attach.ts')
        return attachTerminal({ ...options, ...(place && { place }) })
      }),
    )
}

function parsePlace(text: string): Place {
  const [, host = '127.0.0.1', digits] = /^(?:(.+):)?(\d+)$/.exec(text) ?? []
  const port = Number(digits)
  if (!(port >= 1 && port <= 65535))
    throw new InvalidArgumentError('write HOST:PORT, such as 127.0.0.1:7681.')
  return { host, port }
}
