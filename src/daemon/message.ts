import { encodeResult } from '../protocol/codec.ts'
import type { Result, StreamName } from '../protocol/results.ts'
import type { Outgoing } from '../zmtp/push-peer.ts'
import { BLOCK_BYTES, giveBlock, takeBlock } from './block-pool.ts'

/** A short message has a buffer of its own, so that thousands of them do not hold a block each. */
const SHORT_BYTES = 4 * 1024

const TYPE_FRAMES: Readonly<Record<StreamName, Buffer>> = {
  stdout: Buffer.from('stdout'),
  stderr: Buffer.from('stderr'),
}

export function messageOfResult(result: Result): Outgoing {
  const payload = encodeResult(result)
  return { type: Buffer.from(result.type), chunks: [payload], size: payload.length }
}

/** Output of one stream that becomes one message; it copies what is added. */
export class StreamMessage implements Outgoing {
  readonly stream: StreamName
  readonly type: Buffer
  size = 0
  private readonly blocks: Buffer[] = []
  private last: Buffer = Buffer.alloc(0)
  private used = 0

  constructor(stream: StreamName) {
    this.stream = stream
    this.type = TYPE_FRAMES[stream]
  }

  get chunks(): readonly Uint8Array[] {
    return [...this.blocks.slice(0, -1), this.last.subarray(0, this.used)]
  }

  add(chunk: Buffer): void {
    for (let done = 0; done < chunk.length; ) {
      if (this.used === this.last.length) this.grow(chunk.length - done)
      const copied = chunk.copy(this.last, this.used, done)
      this.used += copied
      done += copied
    }
    this.size += chunk.length
  }

  readonly release = () => {
    for (const block of this.blocks.splice(0)) if (block.length === BLOCK_BYTES) giveBlock(block)
  }

  private grow(wanted: number): void {
    const isShort = this.size + wanted <= SHORT_BYTES
    this.last = isShort ? Buffer.allocUnsafeSlow(Math.max(wanted, this.size)) : takeBlock()
    this.used = 0
    this.blocks.push(this.last)
  }
}
