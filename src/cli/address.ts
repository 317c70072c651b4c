/** `--connect HOST:IN:OUT`: the address of a runner that runs already. */
import { InvalidArgumentError } from 'commander'
import type { Address } from '../client/sockets.ts'

export const CONNECT_FLAGS = '--connect <HOST:IN:OUT>'

/** A commander parser. An IPv6 host stands in brackets. */
export function parseAddress(value: string): Required<Address> {
  const [, bracketed, name, portIn, portOut] =
    /^(?:\[([\da-f:.]+)\]|([^:\s/]+)):(\d+):(\d+)$/i.exec(value) ?? []
  const host = bracketed ?? name
  if (!host) throw new InvalidArgumentError('write HOST:IN:OUT, such as 127.0.0.1:2000:2001.')
  return { host, portIn: parsePort(portIn), portOut: parsePort(portOut) }
}

function parsePort(text: string | undefined): number {
  const port = Number(text)
  if (port >= 1 && port <= 65535) return port
  throw new InvalidArgumentError(`port ${text} is not between 1 and 65535.`)
}

export function addressText({ host, portIn, portOut }: Required<Address>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${portIn}:${portOut}`
}
