import { encodeResult } from '../protocol/codec.ts'
import type { Result, StreamName } from '../protocol/results.ts'
import type { Outgoing } from '../zmtp/push-peer.ts'

/** Above this a chunk is sent as it is; below, it is copied into a block with its neighbours. */
const COPY_BELOW = 8 * 1024
const BLOCK_BYTES = 64 * 1024
const SMALLEST_BLOCK = 512

const TYPE_FRAMES: Readonly<Record<StreamName, Buffer>> = {
  stdout: Buffer.from('stdout'),
  stderr: Buffer.from('stderr'),
}

export function messageOfResult(result: Result): Outgoing {
  const payload = encodeResult(result)
  return { type: Buffer.from(result.type), chunks: [payload], size: payload.length }
}

/**
 * Output of one stream that becomes one message. Small chunks are copied together: each would
 * otherwise cost more memory for itself than for its bytes.
 */
export class StreamMessage implements Outgoing {
  readonly stream: StreamName
  readonly type: Buffer
  readonly chunks: Uint8Array[] = []
  size = 0
  private block = Buffer.alloc(0)
  private used = 0

  constructor(stream: StreamName) {
    this.stream = stream
    this.type = TYPE_FRAMES[stream]
  }

  add(chunk: Buffer): void {
    this.size += chunk.length
    if (chunk.length >= COPY_BELOW) this.seal().push(chunk)
    else this.copy(chunk)
  }

  private copy(chunk: Buffer): void {
    if (chunk.length > this.block.length - this.used) {
      this.seal()
      this.block = Buffer.allocUnsafeSlow(Math.max(SMALLEST_BLOCK, Math.min(this.size, BLOCK_BYTES)))
      this.used = 0
    }
    chunk.copy(this.block, this.used)
    const start = this.used
    this.used += chunk.length
    this.extendLast(start)
  }

  /** The block's filled part stands as one chunk, which grows. */
  private extendLast(start: number): void {
    if (start > 0) this.chunks.pop()
    this.chunks.push(this.block.subarray(0, this.used))
  }

  /** What comes next does not belong to the block. */
  private seal(): Uint8Array[] {
    this.block = Buffer.alloc(0)
    this.used = 0
    return this.chunks
  }
}
