/** Which ports of a container can be reached from outside, and where. */
import { KrunnerError } from '../../errors.ts'
import type { ImageLabels } from '../labels.ts'
import type { LaunchOptions } from './request.ts'

/** The runner's own, as `intrinsic-ports.json` calls them. */
export type OwnPort = 'replin' | 'replout' | 'ttyd' | 'sshd'

export interface WantedPort {
  readonly name: string
  readonly own?: OwnPort
  readonly protocol: string
  /** In the container. */
  readonly port: number
  /** Outside; missing: any that is free. */
  readonly host?: number
}

export interface PublishedPort extends WantedPort {
  readonly host: number
}

/** The first two are the runner's sockets. */
const OWN: readonly (WantedPort & { own: OwnPort })[] = [
  { name: 'replin', own: 'replin', protocol: 'zmq', port: 2000 },
  { name: 'replout', own: 'replout', protocol: 'zmq', port: 2001 },
  { name: 'ttyd', own: 'ttyd', protocol: 'http', port: 7681 },
  { name: 'sshd', own: 'sshd', protocol: 'tcp', port: 2200 },
]
const SOCKETS = 2

/** Throws BAD_OPTION where two are to be had at one port. */
export function wantedPorts(labels: ImageLabels, options: LaunchOptions): WantedPort[] {
  const services = servicesOf(labels).filter(({ port }) => whyUnusable(port) === undefined)
  const asked = options.publications ?? []
  const own = options.services === false ? OWN.slice(0, SOCKETS) : [...services, ...OWN]
  const known = new Map<number, WantedPort>(own.map((one) => [one.port, one]))
  for (const { port, host } of asked) {
    const one = known.get(port) ?? { name: `${port}`, protocol: 'tcp', port }
    known.set(port, host === undefined ? one : { ...one, host })
  }
  const wanted = [...known.values()]
  refuseDoubles(wanted)
  return wanted
}

/** Which services the image names and cannot have, in sentences. */
export function portNotes(labels: ImageLabels): string[] {
  return servicesOf(labels).flatMap(({ name, port }) => {
    const why = whyUnusable(port)
    return why === undefined ? [] : [`service '${name}' is left out: port ${port} ${why}`]
  })
}

function servicesOf({ servicePorts = [] }: ImageLabels): WantedPort[] {
  return servicePorts.flatMap(({ name, protocol, ports }) => ports.map((port) => ({ name, protocol, port })))
}

function whyUnusable(port: number): string | undefined {
  if (port < 1 || port > 65535) return 'is none'
  return OWN.some((own) => own.port === port) ? "is the runner's own" : undefined
}

function refuseDoubles(wanted: readonly WantedPort[]): void {
  const hosts = wanted.flatMap(({ host }) => (host === undefined ? [] : [host]))
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index)
  if (twice !== undefined)
    throw KrunnerError.of('BAD_OPTION', '--publish', `${twice}`, 'two ports cannot be had at one')
}

/**
 * Gives each port its place, from `free` where it has none. Without a network of the container's own a service is
 * where it is, and the runner's own are moved, so that two containers do not meet.
 */
export function placePorts(
  wanted: readonly WantedPort[],
  free: readonly number[],
  isOwnNetwork: boolean,
): PublishedPort[] {
  let used = 0
  return wanted.map((one) => {
    const isMoved = isOwnNetwork || one.own !== undefined
    const host = isMoved ? (one.host ?? free[used++] ?? 0) : one.port
    return { ...one, host, port: isOwnNetwork ? one.port : host }
  })
}
