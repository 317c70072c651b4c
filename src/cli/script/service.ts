/** `krunner service`: what an agent does with services, by hand. */
import type { Client } from '../../client/client.ts'
import type { Address } from '../../client/sockets.ts'
import type { ServiceInfo } from '../../protocol/commands.ts'
import { attach } from '../attachment.ts'
import { serviceTable } from '../service-table.ts'

type Runner = Required<Address>

export function listServices(connect: Runner): Promise<number> {
  return withClient(connect, async (client) => {
    process.stdout.write(`${await serviceTable(client)}\n`)
    return 0
  })
}

/** 1 where it did not start; stderr has the reason. */
export function startService(connect: Runner, service: ServiceInfo): Promise<number> {
  return withClient(connect, async (client) => {
    const { status, error } = await client.startService(service)
    if (error) process.stderr.write(`krunner: ${error}\n`)
    else process.stdout.write(`${service.name}: ${status}\n`)
    return error ? 1 : 0
  })
}

/** 1 where it does not run. */
export function stopService(connect: Runner, name: string): Promise<number> {
  return withClient(connect, async (client) => {
    const { services = [] } = await client.status()
    if (!services.some((one) => one.name === name)) {
      process.stderr.write(`krunner: service '${name}' does not run\n`)
      return 1
    }
    await client.stopService(name)
    // The answer to it comes behind the command.
    await client.status()
    return 0
  })
}

async function withClient(connect: Runner, work: (client: Client) => Promise<number>): Promise<number> {
  const session = await attach({ connect, onResult: () => undefined })
  try {
    return await work(session.client)
  } finally {
    await session.close()
  }
}
