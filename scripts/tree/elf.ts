/** As much of ELF as tells which libraries a file wants. */
import { readFileSync } from 'node:fs'

const MAGIC = 0x464c457f
const CLASS_64 = 2
const [LOAD, DYNAMIC] = [1, 2]
const [NEEDED, STRINGS] = [1n, 5n]

interface Part {
  readonly type: number
  readonly offset: number
  readonly address: bigint
  readonly size: number
}

/** Of a 64-bit file; undefined where it is none. */
export interface Elf {
  readonly machine: number
  /** Names of libraries, in their order. */
  readonly needed: readonly string[]
}

export function readElf(path: string): Elf | undefined {
  const bytes = readFileSync(path)
  if (bytes.length < 64 || bytes.readUInt32LE(0) !== MAGIC || bytes[4] !== CLASS_64) return undefined
  return { machine: bytes.readUInt16LE(18), needed: neededOf(bytes, partsOf(bytes)) }
}

function partsOf(bytes: Buffer): Part[] {
  const start = Number(bytes.readBigUInt64LE(32))
  const size = bytes.readUInt16LE(54)
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = start + index * size
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: bytes.readBigUInt64LE(at + 16),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    }
  })
}

function neededOf(bytes: Buffer, parts: readonly Part[]): string[] {
  const dynamic = parts.find(({ type }) => type === DYNAMIC)
  if (!dynamic) return []
  const names: bigint[] = []
  let strings = 0
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    const [tag, value] = [bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)]
    if (tag === NEEDED) names.push(value)
    if (tag === STRINGS) strings = offsetOf(value, parts)
    if (tag === 0n) break
  }
  return names.map((name) => textAt(bytes, strings + Number(name)))
}

function offsetOf(address: bigint, parts: readonly Part[]): number {
  const inside = parts.find(
    (part) => part.type === LOAD && part.address <= address && address < part.address + BigInt(part.size),
  )
  return inside ? inside.offset + Number(address - inside.address) : 0
}

function textAt(bytes: Buffer, start: number): string {
  return bytes.toString('latin1', start, bytes.indexOf(0, start))
}
