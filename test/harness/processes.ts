/** What /proc says of the processes that a runner started, the daemonised and the orphaned ones among them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Set in a runner's environment, and so in that of all it starts. */
export const TAG = 'KRUNNER_TEST_SESSION'

export interface ProcessEntry {
  pid: number
  parent: number
  group: number
  state: string
  command: string
}

/** All live processes of a session; zombies are none. */
export function taggedProcesses(tag: string): ProcessEntry[] {
  return allProcesses().filter((entry) => entry.state !== 'Z' && hasTag(entry.pid, tag))
}

export function childrenOf(pid: number): ProcessEntry[] {
  return allProcesses().filter((entry) => entry.parent === pid)
}

export function isAlive(pid: number): boolean {
  const entry = readProcess(pid)
  return entry !== undefined && entry.state !== 'Z'
}

/** Targets of a process's open descriptors, by number. */
export function descriptorsOf(pid: number): Map<number, string> {
  const names = readdirSync(`/proc/${pid}/fd`)
  return new Map(names.map((name) => [Number(name), targetOf(`/proc/${pid}/fd/${name}`)]))
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name may hold spaces and brackets itself.
    const [state = '', parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, parent: Number(parent), group: Number(group), state, command }
  } catch {
    return undefined
  }
}

function allProcesses(): ProcessEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => readProcess(Number(pid))).filter((entry) => entry !== undefined)
}

function hasTag(pid: number, tag: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${TAG}=${tag}`)
  } catch {
    return false
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return 'closed meanwhile'
  }
}
