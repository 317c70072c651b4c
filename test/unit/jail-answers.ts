/** What compiled policies answer to system calls. */
import { compilePolicy } from '../../src/jail/compile.ts'
import type { Policy } from '../../src/jail/policy.ts'
import type { Architecture, JailProgram } from '../../src/jail/program.ts'
import { numberOf } from '../../src/jail/syscalls.ts'
import { describedMachine } from './jail-machine.ts'
import { parsePolicy } from './jail-policy-text.ts'
import { runFilter } from './seccomp-machine.ts'

export const ARCHITECTURES = ['x86_64', 'aarch64'] as const
export const AUDIT = { x86_64: 0xc000003e, aarch64: 0xc00000b7, i386: 0x40000003, arm: 0x40000028 }
export const ALLOW = 0x7fff0000
export const NOTIFY = 0x7fc00000
export const KILL = 0x80000000
export const EPERM = 0x00050001
export const ENOSYS = 0x00050026

interface Machine {
  architecture?: Architecture
  isSupervised?: boolean
}

export function compile(
  policy: Policy,
  { architecture = 'x86_64', isSupervised = false }: Machine = {},
): JailProgram {
  return compilePolicy(policy, describedMachine([], { architecture, isSupervised }))
}

export function answer(program: JailProgram, call: string, ...args: number[]): number {
  const number = numberOf(call, program.architecture)
  if (number === undefined) throw new Error(`${program.architecture} has no ${call}`)
  return runFilter(program.filter, { architecture: AUDIT[program.architecture], number, args }).value
}

/** The same numbers on each run. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export const PLAIN = parsePolicy(`
whitelist_paths: { OP_OPEN: ["*"], OP_CHMOD: ["*"] }
exec_allowance: -1
fork_allowance: -1
max_child_procs: -1
allowed_syscalls: [read, socket, socketpair, clone, clone3, fork, ioctl, prctl, personality, prlimit64, seccomp, chmod, fchmod, ptrace]
traced_syscalls: [openat]
`)
