/** ZMTP 3 framing. Source: RFC 23/ZMTP and RFC 37/ZMTP of the ZeroMQ project. */
import { KrunnerError } from '../errors.ts'
import type { ByteReader } from '../protocol/byte-reader.ts'

const MORE = 1
const LONG = 2
const COMMAND = 4
const SHORT_LIMIT = 255

/** The first byte of what a subscriber sends. Source: RFC 29/PUBSUB. */
export const [UNSUBSCRIBE, SUBSCRIBE] = [0, 1]

export interface Frame {
  readonly isCommand: boolean
  /** More frames of the same message follow. */
  readonly more: boolean
  readonly body: Buffer
}

/** What goes before a body of `size` bytes. */
export function frameHeader(size: number, kind: { more?: boolean; command?: boolean } = {}): Buffer {
  const flags = (kind.more ? MORE : 0) | (kind.command ? COMMAND : 0)
  if (size <= SHORT_LIMIT) return Buffer.from([flags, size])
  const header = Buffer.alloc(9)
  header[0] = flags | LONG
  header.writeBigUInt64BE(BigInt(size), 1)
  return header
}

/** The next whole frame, or undefined until more bytes are there. Throws ZMTP on one above `limit` bytes. */
export function readFrame(reader: ByteReader, limit: number): Frame | undefined {
  const start = reader.peek(2)
  if (!start) return undefined
  const flags = start[0] as number
  const isLong = (flags & LONG) !== 0
  const headerSize = isLong ? 9 : 2
  const header = reader.peek(headerSize)
  if (!header) return undefined
  const size = isLong ? Number(header.readBigUInt64BE(1)) : (header[1] as number)
  if (size > limit) throw KrunnerError.of('ZMTP', `a frame of ${size} bytes, and the limit is ${limit}`)
  if (reader.length < headerSize + size) return undefined
  reader.take(headerSize)
  return { isCommand: (flags & COMMAND) !== 0, more: (flags & MORE) !== 0, body: reader.take(size) }
}
