import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

const LISTENING = '0A'

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = await takePort()
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

/** Somebody else's server on a port of loopback. */
export async function takePort(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** IPv4 addresses on which somebody listens to this port, by the kernel's table. */
export function listeningAddresses(port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  const fields = rows.map((row) => row.trim().split(/\s+/))
  const listening = fields.filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTENING)
  return listening.map(([, local = '']) => [...Buffer.from(local.slice(0, 8), 'hex')].reverse().join('.'))
}
