/** A seccomp filter as the kernel runs it, in as few lines as the manual needs to describe it. */
import type { Instruction } from '../../src/jail/program.ts'

export interface Call {
  architecture: number
  number: number
  args?: readonly number[]
}

export interface Run {
  /** The filter's return value. */
  value: number
  /** Comparisons on the way. */
  comparisons: number
}

/** Throws where a program leaves its bounds or has an instruction that seccomp refuses. */
export function runFilter(filter: readonly Instruction[], call: Call): Run {
  const data = dataOf(call)
  let [accumulator, comparisons, at] = [0, 0, 0]
  for (;;) {
    const { code, jt, jf, k } = filter[at] ?? fail(`the program ran out of itself at ${at}`)
    at++
    if (code === 0x06) return { value: k, comparisons }
    if (code === 0x20) accumulator = data.getUint32(k, true)
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0
    else if (code === 0x05) at += k
    else {
      comparisons++
      at += holds(code, accumulator, k) ? jt : jf
    }
  }
}

function holds(code: number, accumulator: number, k: number): boolean {
  if (code === 0x15) return accumulator === k
  if (code === 0x25) return accumulator > k
  if (code === 0x35) return accumulator >= k
  if (code === 0x45) return (accumulator & k) !== 0
  return fail(`seccomp knows no instruction 0x${code.toString(16)} that we use`)
}

/** `struct seccomp_data`. */
function dataOf({ architecture, number, args = [] }: Call): DataView {
  const data = new DataView(new ArrayBuffer(64))
  data.setUint32(0, number >>> 0, true)
  data.setUint32(4, architecture, true)
  for (const [index, arg] of args.entries())
    data.setBigUint64(16 + 8 * index, BigInt.asUintN(64, BigInt(arg)), true)
  return data
}

function fail(why: string): never {
  throw new Error(why)
}
