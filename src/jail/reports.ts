/** What the supervisor tells, a line each: `KIND ARCHITECTURE NUMBER PROGRAM`, once for each call of each program. */
import type { JailProgram } from './program.ts'
import { nameOf } from './syscalls.ts'

/** `AUDIT_ARCH_*` of a 64-bit program. */
const ARCHITECTURES = { x86_64: 0xc000003e, aarch64: 0xc00000b7 } as const
/** Of a number that is a call of the x32 interface. */
const X32 = 0x40000000

/** The sentence for the log; undefined where the line is none of the supervisor's. */
export function explainReport(line: string, program: JailProgram): string | undefined {
  const [, kind, architecture, number, path] = /^(\w+) (\d+) (\d+) (.+)$/.exec(line) ?? []
  if (!kind || !path) return undefined
  const call = describeCall(Number(architecture), Number(number), program)
  switch (kind) {
    case 'refused':
      return `${path} called ${call}, which the policy does not allow: it got EPERM`
    case 'killed':
      return `${path} called ${call}, for which the policy ends it: it was killed`
    case 'execs':
      return `${path} may start no more programs: the policy's exec_allowance is ${program.execAllowance}; ${call} got EPERM`
    case 'forks':
      return `${path} may make no more processes: the policy's fork_allowance is ${program.forkAllowance}; ${call} got EPERM`
    case 'processes':
      return `${path} may make no more processes now: the policy's max_child_procs is ${program.maxChildProcs}; ${call} got EAGAIN`
    default:
      return undefined
  }
}

function describeCall(architecture: number, number: number, program: JailProgram): string {
  if (architecture !== ARCHITECTURES[program.architecture])
    return `system call ${number} as a program of another architecture does`
  if (number >= X32) return `system call ${number - X32} of the x32 interface`
  return nameOf(number, program.architecture) ?? `system call ${number}`
}
