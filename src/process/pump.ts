/** Reads one output pipe of a child for as long as anybody holds its other end. */
import { Socket } from 'node:net'
import { native } from './native.ts'

/**
 * All pumps read into this: what was read is delivered before anybody reads again, as there is one thread.
 * As large as the pipes, so that a full one is emptied by one call.
 */
const SHARED = Buffer.allocUnsafeSlow(1024 * 1024)

/**
 * Output that flows is read in intervals of this, ms: a wake-up for each small write would cost the writer and
 * us more than its bytes do. What comes after a silence is read at once.
 */
const REST = 1
/** After a chunk this large the next read is worth its while at once, in bytes. */
const WORTH_READING = 256 * 1024

/** The chunk is valid during the call only: keep a copy. */
export type ChunkSink = (chunk: Buffer) => void

export class OutputPump {
  /** Settles when every writer has closed the pipe and all of it was read. */
  readonly ended: Promise<void>
  private readonly fd: number
  private readonly socket: Socket
  private readonly sink: ChunkSink
  private isHeld = false
  private resting: NodeJS.Timeout | undefined
  private lastRead = 0

  /** Takes over `fd`, the read end of a pipe, and closes it in the end. `mayRest`: output, not messages. */
  constructor(fd: number, sink: ChunkSink, mayRest = false) {
    this.fd = fd
    this.sink = sink
    this.socket = new Socket({
      fd,
      readable: true,
      writable: false,
      onread: {
        buffer: SHARED,
        callback: (count) => {
          this.took(count)
          if (mayRest) this.restIfFlowing(count)
          return true
        },
      },
    } as ConstructorParameters<typeof Socket>[0])
    this.ended = new Promise((resolve) => {
      this.socket.once('close', () => {
        clearTimeout(this.resting)
        resolve()
      })
    })
    this.socket.on('error', () => this.socket.destroy())
    this.socket.on('end', () => this.socket.destroy())
    this.socket.resume()
  }

  /**
   * Delivers what is in the pipe at this moment, and no more: a writer that never stops cannot hold
   * us, and what was written before the call is all delivered when it returns.
   */
  drain(): void {
    // Its descriptor is closed at once, before 'close' is told, and may be somebody else's by now.
    if (this.socket.destroyed) return
    let left = native.bytesAvailable(this.fd)
    while (left > 0) {
      const count = native.read(this.fd, SHARED, 0, Math.min(left, SHARED.length))
      if (count <= 0) return
      left -= count
      this.took(count)
    }
  }

  /** Stops reading: the writer blocks once the pipe is full. `drain()` still works. */
  pause(): void {
    this.isHeld = true
    this.socket.pause()
  }

  resume(): void {
    this.isHeld = false
    if (!this.resting) this.socket.resume()
  }

  /** Stops for good; a writer then gets SIGPIPE. */
  destroy(): void {
    this.socket.destroy()
  }

  private took(count: number): void {
    this.sink(SHARED.subarray(0, count))
  }

  private restIfFlowing(count: number): void {
    const now = performance.now()
    if (now - this.lastRead < REST && count < WORTH_READING) this.rest()
    this.lastRead = now
  }

  private rest(): void {
    this.socket.pause()
    this.resting = setTimeout(() => {
      this.resting = undefined
      if (!this.isHeld) this.socket.resume()
    }, REST)
  }
}
