import { closeSync, openSync, read, unlinkSync, writev } from 'node:fs'
import { promisify } from 'node:util'
import type { Outgoing } from '../zmtp/push-peer.ts'
import { BLOCK_BYTES, giveBlock, takeBlock } from './block-pool.ts'

const readAsync = promisify(read)
const writevAsync = promisify(writev)

/** Before each payload: its type, ended by a NUL, and its size. */
const TYPE_BYTES = 28
const HEADER_BYTES = TYPE_BYTES + 4

/** One file of the spool, written at its end and read from its start. It has no name: it is gone when we are. */
export class SpoolSegment {
  written = 0
  private readonly fd: number
  private taken = 0

  /** Throws as `open` does. */
  constructor(path: string) {
    this.fd = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
  }

  get isRead(): boolean {
    return this.taken === this.written
  }

  /** Appends all of the messages or, where the disk refuses, none; then it throws. */
  async append(messages: readonly Outgoing[]): Promise<void> {
    const parts = messages.flatMap((message) => [header(message), ...message.chunks])
    const size = parts.reduce((sum, part) => sum + part.length, 0)
    const { bytesWritten } = await writevAsync(this.fd, parts, this.written)
    // A full disk takes a part; what lies behind `written` is written over by the next one.
    if (bytesWritten < size) throw new Error(`the disk took ${bytesWritten} of ${size} bytes`)
    this.written += size
  }

  /** The next message; there must be one. */
  async next(): Promise<Outgoing> {
    const head = await this.fill(Buffer.alloc(HEADER_BYTES))
    const type = head.subarray(0, head.indexOf(0))
    const size = head.readUInt32BE(TYPE_BYTES)
    const blocks: Buffer[] = []
    const chunks: Buffer[] = []
    for (let left = size; left > 0; left -= BLOCK_BYTES) {
      const block = takeBlock()
      blocks.push(block)
      chunks.push(await this.fill(block.subarray(0, Math.min(left, BLOCK_BYTES))))
    }
    return { type, chunks, size, release: () => blocks.splice(0).forEach(giveBlock) }
  }

  close(): void {
    closeSync(this.fd)
  }

  private async fill(buffer: Buffer): Promise<Buffer> {
    for (let done = 0; done < buffer.length; ) {
      const { bytesRead } = await readAsync(this.fd, buffer, done, buffer.length - done, this.taken + done)
      if (bytesRead === 0) throw new Error('the spool ended before its last message did')
      done += bytesRead
    }
    this.taken += buffer.length
    return buffer
  }
}

function header(message: Outgoing): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  message.type.copy(bytes, 0, 0, TYPE_BYTES - 1)
  bytes.writeUInt32BE(message.size, TYPE_BYTES)
  return bytes
}
