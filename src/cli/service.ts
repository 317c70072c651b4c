import { Argument, type Command } from 'commander'
import type { Address } from '../client/sockets.ts'
import { CONNECT_FLAGS, parseAddress } from './address.ts'
import { exitWith } from './exit.ts'
import { portParser } from './port.ts'

interface Options {
  connect: Required<Address>
}

const PROTOCOLS = ['http', 'tcp', 'pty', 'preopen'] as const

export function register(program: Command): void {
  const service = program
    .command('service')
    .description('See, start and stop the services of a runner that runs already.')
  const connected = (name: string, description: string) =>
    service
      .command(name)
      .description(description)
      .requiredOption(CONNECT_FLAGS, 'the runner; no agent may be connected to it', parseAddress)
  connected('ls', 'list what the image defines, and what serves').action(({ connect }: Options) =>
    exitWith(async () => {
      const { listServices } = await import('./script/service.ts')
      return listServices(connect)
    }),
  )
  connected('start', 'start a service, and wait until it serves')
    .argument('<NAME>', 'such as jupyter')
    .argument('<PORT>', 'the port that it is to open', portParser(1))
    .addArgument(new Argument('[PROTOCOL]', 'how it is reached').choices(PROTOCOLS).default('http'))
    .action((name: string, port: number, protocol: (typeof PROTOCOLS)[number], { connect }: Options) =>
      exitWith(async () => {
        const { startService } = await import('./script/service.ts')
        return startService(connect, { name, port, ports: [port], protocol })
      }),
    )
  connected('stop', 'stop a service')
    .argument('<NAME>')
    .action((name: string, { connect }: Options) =>
      exitWith(async () => {
        const { stopService } = await import('./script/service.ts')
        return stopService(connect, name)
      }),
    )
}
