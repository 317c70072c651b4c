/** What /proc says of processes. Everything may vanish between two reads; what is gone is left out. */
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  readonly state: string
  /** The kernel's short name, 15 characters at most. */
  readonly name: string
  /** Command line with spaces between the arguments; the short name in brackets where there is none. */
  readonly commandLine: string
  /** Seconds since boot. */
  readonly startedAt: number
  readonly vmBytes: number
  readonly rssBytes: number
}

const CLOCK_TICKS = 100
const PAGE_BYTES = 4096

/** Everything below `root`, parents before children. */
export function descendantsOf(root: number): ProcessEntry[] {
  const found: ProcessEntry[] = []
  const waiting = childrenOf(root)
  for (let pid = waiting.shift(); pid !== undefined; pid = waiting.shift()) {
    const entry = readProcess(pid)
    if (!entry) continue
    found.push(entry)
    waiting.push(...childrenOf(pid))
  }
  return found
}

/** The children of a process, of all its threads. */
export function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .split(' ')
      .filter((word) => word !== '')
      .map(Number),
  )
}

export function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** Source of the fields: proc_pid_stat(5). The name may hold spaces and brackets, so the last `)` counts. */
export function readProcess(pid: number): ProcessEntry | undefined {
  const stat = read(`/proc/${pid}/stat`)
  const nameEnd = stat.lastIndexOf(')')
  if (nameEnd < 0) return undefined
  const name = stat.slice(stat.indexOf('(') + 1, nameEnd)
  const fields = stat.slice(nameEnd + 2).split(' ')
  const field = (number: number) => fields[number - 3] ?? ''
  return {
    pid,
    name,
    state: field(3),
    parent: Number(field(4)),
    startedAt: Number(field(22)) / CLOCK_TICKS,
    vmBytes: Number(field(23)),
    rssBytes: Number(field(24)) * PAGE_BYTES,
    commandLine: read(`/proc/${pid}/cmdline`).replace(/\0+$/, '').replaceAll('\0', ' ') || `[${name}]`,
  }
}

/** Seconds since boot, on the clock of `startedAt`. */
export function uptime(): number {
  return Number(read('/proc/uptime').split(' ')[0])
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
