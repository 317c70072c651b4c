/** `ai.backend.service-ports`: ports and names that are taken, or that nobody can open. */
import { LABELS } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { type Examined, type Rule, tellOf } from './examined.ts'

/** The runner's own, and those of the services that every session has. */
const RESERVED: ReadonlyMap<number, string> = new Map([
  [2000, 'commands to the runner'],
  [2001, 'results of the runner'],
  [2002, 'keys of the Linux console'],
  [2003, 'the screen of the Linux console'],
  [2200, 'sshd'],
  [7681, 'ttyd'],
])
const INTRINSIC = ['sshd', 'ttyd']
/** Up to this one a port is only for root; agents take none of them. */
const PRIVILEGED = 1024
/** Agents take no higher one. */
const HIGHEST = 65_534

export const portRules: Rule = (examined) => {
  const told = (rule: string, what: string, mend: string): Finding =>
    tellOf(examined, LABELS.servicePorts.name, { severity: 'error', rule, what, mend })
  return [...unusable(examined, told), ...doubledPorts(examined, told), ...doubledNames(examined, told)]
}

type Tell = (rule: string, what: string, mend: string) => Finding

function entriesOf({ labels }: Examined): { name: string; port: number }[] {
  return (labels.servicePorts ?? []).flatMap(({ name, ports }) => ports.map((port) => ({ name, port })))
}

function unusable(examined: Examined, tell: Tell): Finding[] {
  const entries = entriesOf(examined)
  const free = freePort(entries.map(({ port }) => port))
  return entries.flatMap(({ name, port }) => {
    const user = RESERVED.get(port)
    if (user)
      return [
        tell(
          'port-reserved',
          `port ${port} of service '${name}' is that of ${user}`,
          `take another, such as ${free}`,
        ),
      ]
    if (port <= PRIVILEGED)
      return [
        tell(
          'port-range',
          `port ${port} of service '${name}' is one that only root may open`,
          `take one above ${PRIVILEGED}, such as ${free}`,
        ),
      ]
    if (port > HIGHEST)
      return [
        tell(
          'port-range',
          `port ${port} of service '${name}' is too high`,
          `take one up to ${HIGHEST}, such as ${free}`,
        ),
      ]
    return []
  })
}

function doubledPorts(examined: Examined, tell: Tell): Finding[] {
  const entries = entriesOf(examined)
  const free = freePort(entries.map(({ port }) => port))
  const first = new Map<number, string>()
  return entries.flatMap(({ name, port }) => {
    const other = first.get(port)
    first.set(port, other ?? name)
    if (other === undefined) return []
    return [
      tell(
        'port-doubled',
        `port ${port} is that of '${other}' and of '${name}'`,
        `give one of them another, such as ${free}`,
      ),
    ]
  })
}

function doubledNames({ labels }: Examined, tell: Tell): Finding[] {
  const seen = new Set(INTRINSIC)
  return (labels.servicePorts ?? []).flatMap(({ name }) => {
    const isTaken = seen.has(name)
    seen.add(name)
    if (!isTaken) return []
    if (INTRINSIC.includes(name))
      return [
        tell(
          'service-doubled',
          `every session has a service '${name}' already`,
          'take it out, or give it another name',
        ),
      ]
    return [
      tell(
        'service-doubled',
        `there are two services '${name}'`,
        'give one another name, or write its ports as a list: [8000,8001]',
      ),
    ]
  })
}

function freePort(taken: readonly number[]): number {
  const all = new Set(taken)
  let port = 8080
  while (all.has(port) || RESERVED.has(port)) port++
  return port
}
