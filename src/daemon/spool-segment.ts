import { closeSync, openSync, read, unlinkSync, write } from 'node:fs'
import { promisify } from 'node:util'
import type { Outgoing } from '../zmtp/push-peer.ts'

const readAsync = promisify(read)
const writeAsync = promisify(write)

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
    const bytes = Buffer.concat(messages.flatMap((message) => [header(message), ...message.chunks]))
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await writeAsync(
        this.fd,
        bytes,
        done,
        bytes.length - done,
        this.written + done,
      )
      done += bytesWritten
    }
    this.written += bytes.length
  }

  /** The next message; there must be one. */
  async next(): Promise<Outgoing> {
    const head = await this.bytes(HEADER_BYTES)
    const type = head.subarray(0, head.indexOf(0))
    const size = head.readUInt32BE(TYPE_BYTES)
    return { type, chunks: [await this.bytes(size)], size }
  }

  close(): void {
    closeSync(this.fd)
  }

  private async bytes(count: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(count)
    for (let done = 0; done < count; ) {
      const { bytesRead } = await readAsync(this.fd, buffer, done, count - done, this.taken + done)
      if (bytesRead === 0) throw new Error('the spool ended before its last message did')
      done += bytesRead
    }
    this.taken += count
    return buffer
  }
}

function header(message: Outgoing): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  message.type.copy(bytes, 0, 0, TYPE_BYTES - 1)
  bytes.writeUInt32BE(message.size, TYPE_BYTES)
  return bytes
}
