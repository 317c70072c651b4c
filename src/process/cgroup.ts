/** Memory limits and out-of-memory kills as the control group counts them, versions 1 and 2. */
import { existsSync, readFileSync } from 'node:fs'

const MOUNT = '/sys/fs/cgroup'

/** Where each file was found: every step begins with a look at a counter. */
const places = new Map<string, string>()
let group = read('/proc/self/cgroup')

/** True where we were moved into another group since the last call: its counters are others. */
export function hasMoved(): boolean {
  const before = group
  group = read('/proc/self/cgroup')
  if (group === before) return false
  places.clear()
  return true
}

/** Kills by the OOM killer in our control group so far; 0 where the kernel does not tell. */
export function oomKills(): number {
  const counters = textOf('memory.events', 'memory.oom_control')
  return Number(/^oom_kill (\d+)/m.exec(counters)?.[1] ?? 0)
}

/** The control group's limit in bytes, undefined where there is none. */
export function memoryLimit(): number | undefined {
  const limit = Number.parseInt(textOf('memory.max', 'memory.limit_in_bytes'), 10)
  // Version 1 says "no limit" by a huge number of pages.
  return Number.isFinite(limit) && limit < 2 ** 60 ? limit : undefined
}

/** Empty where the kernel has neither. */
function textOf(version2: string, version1: string): string {
  const place = places.get(version2) ?? candidates(version2, version1).find((path) => existsSync(path))
  if (place === undefined) return ''
  places.set(version2, place)
  return read(place)
}

/** Inside a container the group is often mounted as the root, whatever /proc says its path is. */
function candidates(version2: string, version1: string): string[] {
  const path1 = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(group)?.[1]
  const path2 = /^0::(.*)$/m.exec(group)?.[1]
  const found: string[] = []
  if (path1 !== undefined) found.push(`${MOUNT}/memory${path1}/${version1}`, `${MOUNT}/memory/${version1}`)
  if (path2 !== undefined) found.push(`${MOUNT}${path2}/${version2}`, `${MOUNT}/${version2}`)
  return found
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
