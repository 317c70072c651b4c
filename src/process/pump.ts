/** Reads one output pipe of a child for as long as anybody holds its other end. */
import { Socket } from 'node:net'
import { native } from './native.ts'

/** Chunks are cut from slabs, so that many small reads do not cost a buffer each. */
const SLAB_BYTES = 512 * 1024
/** A new slab is begun when less than this is left: a full pipe should be read in few calls. */
const SMALLEST_READ = 128 * 1024

/** The chunk is the receiver's to keep: nobody writes into it again. */
export type ChunkSink = (chunk: Buffer) => void

export class OutputPump {
  /** Settles when every writer has closed the pipe and all of it was read. */
  readonly ended: Promise<void>
  private readonly fd: number
  private readonly socket: Socket
  private readonly sink: ChunkSink
  private slab = Buffer.allocUnsafeSlow(0)
  private open = true

  /** Takes over `fd`, the read end of a pipe, and closes it in the end. */
  constructor(fd: number, sink: ChunkSink) {
    this.fd = fd
    this.sink = sink
    this.socket = new Socket({
      fd,
      readable: true,
      writable: false,
      onread: { buffer: () => this.room(), callback: (count) => this.took(count) },
    } as ConstructorParameters<typeof Socket>[0])
    this.ended = new Promise((resolve) => {
      this.socket.once('close', () => {
        this.open = false
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
    if (!this.open) return
    let left = native.bytesAvailable(this.fd)
    while (left > 0) {
      const room = this.room()
      const count = native.read(this.fd, room, 0, Math.min(left, room.length))
      if (count <= 0) return
      left -= count
      this.took(count)
    }
  }

  /** Stops reading: the writer blocks once the pipe is full. `drain()` still works. */
  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  /** Stops for good; a writer then gets SIGPIPE. */
  destroy(): void {
    this.open = false
    this.socket.destroy()
  }

  private room(): Buffer {
    if (this.slab.length < SMALLEST_READ) this.slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
    return this.slab
  }

  private took(count: number): boolean {
    const chunk = this.slab.subarray(0, count)
    this.slab = this.slab.subarray(count)
    this.sink(chunk)
    return true
  }
}
