/** The paths and ports of a policy to a Landlock rule set, as the kernel's version of it allows. */
import type { Machine } from './machine.ts'
import { reachOf } from './patterns.ts'
import type { PathOperation, Policy, Said } from './policy.ts'
import {
  ACCESS_RIGHTS,
  type AccessRight,
  type PathRule,
  PORT_RIGHTS,
  type PortRight,
  type PortRule,
  type Ruleset,
  SCOPES,
} from './program.ts'

/** Of each right the first version that knows it; the others are in the first. */
const SINCE: Readonly<Partial<Record<AccessRight, number>>> = { refer: 2, truncate: 3, ioctl_dev: 5 }
export const PORTS_SINCE = 4
export const SCOPES_SINCE = 6
/** Newer ones add nothing that a policy says. */
export const NEWEST_ABI = 7

const READ: readonly AccessRight[] = ['read_file', 'read_dir']
const EXECUTE: readonly AccessRight[] = ['execute', 'read_file']
/** All but `make_char` and `make_block`: no policy grants devices. */
const WRITE: readonly AccessRight[] = [
  ...READ,
  'write_file',
  'remove_dir',
  'remove_file',
  'make_dir',
  'make_reg',
  'make_sock',
  'make_fifo',
  'make_sym',
  'refer',
  'truncate',
  'ioctl_dev',
]
/** What a rule for a file may have; the kernel refuses the others. */
const OF_FILES: readonly AccessRight[] = ['execute', 'write_file', 'read_file', 'truncate', 'ioctl_dev']

export function handledFiles(abi: number): AccessRight[] {
  return ACCESS_RIGHTS.filter((right) => abi >= (SINCE[right] ?? 1))
}

/** Undefined: the kernel has none. */
export function rulesetOf(policy: Policy, machine: Machine): Ruleset | undefined {
  const abi = machine.landlockAbi
  if (abi < 1) return undefined
  const handledPorts = abi >= PORTS_SINCE ? PORT_RIGHTS.filter((right) => portsOf(policy, right)) : []
  return {
    handledFiles: handledFiles(abi),
    handledPorts,
    scopes: abi >= SCOPES_SINCE ? SCOPES : [],
    paths: pathRules(policy, machine),
    ports: portRules(policy, handledPorts),
  }
}

function pathRules({ paths }: Policy, machine: Machine): PathRule[] {
  const rights = new Map<string, Set<AccessRight>>()
  const grant = (path: string, access: readonly AccessRight[]) => {
    const granted = rights.get(path) ?? new Set()
    for (const right of access) granted.add(right)
    rights.set(path, granted)
  }
  for (const [operation, access] of granting(paths.OP_WRITE !== undefined))
    for (const { value } of paths[operation] ?? [])
      for (const path of reachOf(value, machine).paths) grant(path, access)
  for (const { path, isWritable } of machine.ours)
    if (machine.kind(path)) grant(path, isWritable ? [...WRITE, ...EXECUTE] : [...READ, ...EXECUTE])

  const handled = handledFiles(machine.landlockAbi)
  return [...rights].map(([path, granted]) => {
    const fitting = machine.kind(path) === 'file' ? OF_FILES : ACCESS_RIGHTS
    return { path, access: handled.filter((right) => granted.has(right) && fitting.includes(right)) }
  })
}

function granting(hasWrite: boolean): [PathOperation, readonly AccessRight[]][] {
  return [
    ['OP_OPEN', hasWrite ? READ : WRITE],
    ['OP_WRITE', WRITE],
    ['OP_EXEC', EXECUTE],
  ]
}

function portsOf(policy: Policy, right: PortRight): readonly Said<number>[] | undefined {
  return right === 'connect_tcp' ? policy.tcpConnect : policy.tcpListen
}

function portRules(policy: Policy, handled: readonly PortRight[]): PortRule[] {
  const ports = new Map<number, PortRight[]>()
  for (const right of handled)
    for (const { value } of portsOf(policy, right) ?? [])
      ports.set(value, [...(ports.get(value) ?? []), right])
  return [...ports].map(([port, access]) => ({ port, access }))
}
