/** A seccomp program for people: one line an instruction, with the names of what its numbers are. */
import {
  AND,
  ARCHITECTURE,
  ARGUMENTS,
  AUDIT,
  JUMP,
  JUMP_AT_LEAST,
  JUMP_EQUAL,
  JUMP_IF_BITS,
  LOAD,
  NUMBER,
  RETURN,
  RETURN_ALLOW,
  RETURN_ERRNO,
  RETURN_KILL,
  RETURN_NOTIFY,
  X32,
} from './bpf.ts'
import type { Architecture, Instruction } from './program.ts'
import { callsOf } from './syscalls.ts'

const ERRNO_NAMES: Readonly<Record<number, string>> = { 1: 'EPERM', 38: 'ENOSYS' }

/** What stands beside an instruction depends on what was loaded before it. */
type Loaded = 'number' | 'architecture' | 'argument'

export function disassemble(filter: readonly Instruction[], architecture: Architecture): string {
  const names = new Map(callsOf(architecture).map(([name, number]) => [number, name]))
  const width = String(filter.length - 1).length
  let loaded: Loaded = 'architecture'
  const lines = filter.map((one, index) => {
    if (one.code === LOAD) loaded = loadedBy(one.k)
    const [text, comment] = line(one, index, loaded, names)
    return `${String(index).padStart(width)}: ${comment ? `${text.padEnd(32)} ; ${comment}` : text}`
  })
  return lines.join('\n')
}

function loadedBy(offset: number): Loaded {
  if (offset === NUMBER) return 'number'
  return offset === ARCHITECTURE ? 'architecture' : 'argument'
}

function line(
  { code, jt, jf, k }: Instruction,
  index: number,
  loaded: Loaded,
  names: ReadonlyMap<number, string>,
): [text: string, comment: string] {
  const jump = (operator: string) => `if ${operator} goto ${index + 1 + jt} else ${index + 1 + jf}`
  switch (code) {
    case LOAD:
      return [`load [${k}]`, loaded === 'argument' ? `argument ${(k - ARGUMENTS) / 8}` : loaded]
    case AND:
      return [`and ${hex(k)}`, '']
    case JUMP:
      return [`goto ${index + 1 + k}`, '']
    case JUMP_EQUAL:
      return [jump(`== ${hex(k)}`), loaded === 'architecture' ? architectureNamed(k) : '']
    case JUMP_AT_LEAST:
      return [jump(`>= ${k}`), names.get(k) ?? '']
    case JUMP_IF_BITS:
      return [jump(`& ${hex(k)}`), k === X32 ? 'x32' : '']
    case RETURN:
      return [`return ${answerNamed(k)}`, '']
    default:
      return [`unknown ${hex(code)} ${jt} ${jf} ${hex(k)}`, '']
  }
}

function answerNamed(k: number): string {
  if (k === RETURN_ALLOW) return 'ALLOW'
  if (k === RETURN_NOTIFY) return 'NOTIFY'
  if (k === RETURN_KILL) return 'KILL'
  const errno = k ^ RETURN_ERRNO
  return errno < 0x10000 ? `ERRNO ${ERRNO_NAMES[errno] ?? errno}` : hex(k)
}

function architectureNamed(audit: number): string {
  return Object.entries(AUDIT).find(([, value]) => value === audit)?.[0] ?? ''
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
