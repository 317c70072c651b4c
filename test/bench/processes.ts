/** What the kernel counts of a process and of all below it. */
import { readFileSync } from 'node:fs'
import { descendantsOf, threadsOf } from '../../src/process/procfs.ts'

const TICKS_PER_SECOND = 100
const KIBIBYTES_PER_MEBIBYTE = 1024

export interface Memory {
  /** Proportional set size: what is shared counts in parts. MiB. */
  pss: number
  /** What nobody else maps: what one more of the kind costs. MiB. */
  private: number
}

export interface Activity {
  cpuSeconds: number
  /** Each is a time at which a thread was woken or displaced. */
  contextSwitches: number
}

/** Source: smaps_rollup, proc(5). */
export function memoryOf(root: number): Memory {
  const texts = tree(root).map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  const sum = (field: string) =>
    total(texts.map((text) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)))
  return {
    pss: sum('Pss') / KIBIBYTES_PER_MEBIBYTE,
    private: (sum('Private_Clean') + sum('Private_Dirty')) / KIBIBYTES_PER_MEBIBYTE,
  }
}

/** Since each process started. Source: stat and status, proc(5). */
export function activityOf(root: number): Activity {
  const pids = tree(root)
  return { cpuSeconds: total(pids.map(cpuSeconds)), contextSwitches: total(pids.map(contextSwitches)) }
}

function tree(root: number): number[] {
  return [root, ...descendantsOf(root).map((entry) => entry.pid)]
}

function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // utime and stime are the 14th and 15th field; the name, the 2nd, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

function contextSwitches(pid: number): number {
  const texts = threadsOf(pid).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))
  return total(
    texts.flatMap((text) => [...text.matchAll(/ctxt_switches:\s+(\d+)/g)].map((m) => Number(m[1]))),
  )
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
