/**
 * Says of a thread whether it sleeps until there is something to read in a certain pipe. This is how
 * static programs and event loops are seen, that no preloaded hook reaches.
 */
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { waitingCall } from './syscalls.ts'

/** `unknown`: the kernel does not show it to us (another user's process, or a kernel without the file). */
export type Sighting = 'waits' | 'does not' | 'unknown'

const POLLFD_BYTES = 8
const POLLIN = 1
const EPOLLIN = 1
/** Nobody polls more than this for the sake of stdin. */
const MOST_DESCRIPTORS = 4096

/** `task` is a folder `/proc/PID/task/TID`, `pipe` the pipe as /proc names it: `pipe:[INODE]`. */
export function sight(task: string, pipe: string): Sighting {
  try {
    return descriptorsWaitedFor(task).some((fd) => isPipe(task, fd, pipe)) ? 'waits' : 'does not'
  } catch (error) {
    return isHidden(error) ? 'unknown' : 'does not'
  }
}

/** Whether that thread's descriptor is the pipe; not where it is closed, hidden or gone. */
export function isPipe(task: string, fd: number, pipe: string): boolean {
  try {
    return readlinkSync(`${task}/fd/${fd}`) === pipe
  } catch {
    return false
  }
}

function descriptorsWaitedFor(task: string): number[] {
  // `running`, or the call's number and its six arguments in hexadecimal.
  const [number = '', first = '0', second = '0'] = readFileSync(`${task}/syscall`, 'latin1').split(' ')
  switch (waitingCall(Number(number))) {
    case 'descriptor':
      return [Number(first)]
    case 'poll':
      return polled(task, BigInt(first), Number(second))
    case 'select':
      return selected(task, Number(first), BigInt(second))
    case 'epoll':
      return epolled(task, Number(first))
    default:
      return []
  }
}

function polled(task: string, address: bigint, count: number): number[] {
  const entries = readMemory(task, address, Math.min(count, MOST_DESCRIPTORS) * POLLFD_BYTES)
  const wanted: number[] = []
  for (let at = 0; at + POLLFD_BYTES <= entries.length; at += POLLFD_BYTES) {
    if (entries.readInt16LE(at + 4) & POLLIN) wanted.push(entries.readInt32LE(at))
  }
  return wanted
}

function selected(task: string, count: number, address: bigint): number[] {
  if (address === 0n) return []
  const bits = readMemory(task, address, Math.ceil(Math.min(count, MOST_DESCRIPTORS) / 8))
  return [...bits.keys()].flatMap((byte) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (bits[byte] ?? 0) & (1 << bit)).map((bit) => byte * 8 + bit),
  )
}

/** Lines such as `tfd:        0 events:       19 data: ...`, the events in hexadecimal. */
function epolled(task: string, fd: number): number[] {
  const watches = readFileSync(`${task}/fdinfo/${fd}`, 'latin1').matchAll(/^tfd:\s*(\d+) events:\s*(\w+)/gm)
  return [...watches]
    .filter(([, , events]) => Number.parseInt(events ?? '0', 16) & EPOLLIN)
    .map(([, watched]) => Number(watched))
}

function readMemory(task: string, address: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const memory = openSync(`${task}/mem`, 'r')
  try {
    return bytes.subarray(0, readSync(memory, bytes, 0, length, address))
  } finally {
    closeSync(memory)
  }
}

function isHidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EACCES' || code === 'EPERM' || !existsSync('/proc/self/syscall')
}
