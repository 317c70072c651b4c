/** Reads one output pipe of a child for as long as anybody holds its other end. */
import { Socket } from 'node:net'
import { native } from './native.ts'

/**
 * All pumps read into this: what was read is delivered before anybody reads again, as there is one thread.
 * As large as the pipes, so that a full one is emptied by one call.
 */
const SHARED = Buffer.allocUnsafeSlow(1024 * 1024)

/** The chunk is valid during the call only: keep a copy. */
export type ChunkSink = (chunk: Buffer) => void

export class OutputPump {
  /** Settles when every writer has closed the pipe and all of it was read. */
  readonly ended: Promise<void>
  private readonly fd: number
  private readonly socket: Socket
  private readonly sink: ChunkSink
  private open = true

  /** Takes over `fd`, the read end of a pipe, and closes it in the end. */
  constructor(fd: number, sink: ChunkSink) {
    this.fd = fd
    this.sink = sink
    this.socket = new Socket({
      fd,
      readable: true,
      writable: false,
      onread: { buffer: SHARED, callback: (count) => this.took(count) },
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
      const count = native.read(this.fd, SHARED, 0, Math.min(left, SHARED.length))
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

  private took(count: number): boolean {
    this.sink(SHARED.subarray(0, count))
    return true
  }
}
