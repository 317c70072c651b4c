/** System calls by name and number. The table is written by `scripts/syscalls.ts`. */
import { nearest } from '../nearest.ts'
import type { Architecture } from './program.ts'
import table from './syscalls.json' with { type: 'json' }

const NUMBERS: Readonly<Record<Architecture, Readonly<Record<string, number>>>> = table
const ELSEWHERE: ReadonlySet<string> = new Set(table.elsewhere)

/** Every call that a 64-bit program can make on one of the two architectures. */
export const CALL_NAMES: readonly string[] = [
  ...new Set([...Object.keys(table.x86_64), ...Object.keys(table.aarch64)]),
].sort()
const KNOWN: ReadonlySet<string> = new Set(CALL_NAMES)

/** Functions of the C library, and slips, that policies name as calls; to the call that does the work. */
const MEANT: Readonly<Record<string, string>> = {
  _exit: 'exit_group',
  clear_tid_address: 'set_tid_address',
  futimens: 'utimensat',
  getregid: 'getresgid',
  getreuid: 'getresuid',
  inotify1_init: 'inotify_init1',
  killpg: 'kill',
  pselect: 'pselect6',
  wait: 'wait4',
  wait3: 'wait4',
}

/** Undefined: this architecture does not have it. */
export function numberOf(name: string, architecture: Architecture): number | undefined {
  const numbers = NUMBERS[architecture]
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined
}

/** Undefined: no call of this architecture has the number. */
export function nameOf(number: number, architecture: Architecture): string | undefined {
  return callsOf(architecture).find(([, known]) => known === number)?.[0]
}

export function callsOf(architecture: Architecture): [name: string, number: number][] {
  return Object.entries(NUMBERS[architecture])
}

export type Naming =
  | { readonly kind: 'call' }
  /** Only 32-bit programs make it, and these are refused. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'library'; readonly call: string }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined }

/** What a name in a policy is. */
export function resolveCall(name: string): Naming {
  if (KNOWN.has(name)) return { kind: 'call' }
  if (ELSEWHERE.has(name)) return { kind: 'elsewhere' }
  const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : undefined
  return meant ? { kind: 'library', call: meant } : { kind: 'unknown', nearest: nearest(name, CALL_NAMES) }
}
