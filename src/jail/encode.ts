/** A jail's program as the launcher and the supervisor read it: `struct jail_head` of `native/jail.h`, and what follows it. */
import type { Instruction, JailProgram, Limit } from './program.ts'
import { RESOURCES } from './program.ts'

const MAGIC = 0x314a524b
const KILLS_ALL = 1
/** `RLIM_INFINITY`. */
const UNLIMITED = 2n ** 64n - 1n

/** Without the Landlock rules, which the kernel is told before. */
export function encodeProgram(program: JailProgram): Buffer {
  const { filter, limits, supervision } = program
  const calls = [supervision?.forks ?? [], supervision?.execs ?? [], supervision?.killed ?? []]
  const head = [
    MAGIC,
    supervision?.killsAll ? KILLS_ALL : 0,
    program.execAllowance,
    program.forkAllowance,
    program.maxChildProcs,
    supervision?.namespaces ?? 0,
    limits.length,
    ...calls.map((numbers) => numbers.length),
    filter.length,
    0,
  ]
  return Buffer.concat([words(head), ...limits.map(limit), ...calls.map(words), ...filter.map(instruction)])
}

/** 32 bits each; what is negative as the kernel's ints are. */
function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number >>> 0, at * 4)
  return bytes
}

function limit({ resource, soft, hard }: Limit): Buffer {
  const bytes = Buffer.alloc(24)
  for (const [at, number] of [RESOURCES[resource], soft, hard].entries())
    bytes.writeBigUInt64LE(Number.isFinite(number) && number >= 0 ? BigInt(number) : UNLIMITED, at * 8)
  return bytes
}

/** `struct sock_filter`. */
function instruction({ code, jt, jf, k }: Instruction): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(code, 0)
  bytes.writeUInt8(jt, 2)
  bytes.writeUInt8(jf, 3)
  bytes.writeUInt32LE(k, 4)
  return bytes
}
