/** The user's stdin, at the daemon's end. */
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { native } from '../process/native.ts'

const SCRAP_BYTES = 65536

export class StdinPipe {
  /** Our own, so that it means this pipe for as long as we need it. */
  private readonly fd: number
  private writer: Socket | undefined

  /** `fd` is the write end, and stays the caller's. */
  constructor(fd: number) {
    this.fd = native.duplicate(fd)
  }

  /** All that was written has been read. */
  get isEmpty(): boolean {
    return (this.writer?.writableLength ?? 0) === 0 && native.bytesAvailable(this.fd) === 0
  }

  /** Never blocks: what the pipe has no room for follows as the program reads. */
  write(text: string): void {
    this.writer ??= this.open()
    this.writer.write(text)
  }

  /** Takes back what nobody has read yet. */
  discard(): void {
    this.stopWriting()
    if (this.isEmpty) return
    const reader = openSync(`/proc/self/fd/${this.fd}`, constants.O_RDONLY | constants.O_NONBLOCK)
    const scrap = Buffer.allocUnsafe(SCRAP_BYTES)
    while (native.read(reader, scrap, 0, scrap.length) > 0);
    closeSync(reader)
  }

  /** Whatever is still unwritten is lost. */
  close(): void {
    this.stopWriting()
    closeSync(this.fd)
  }

  private stopWriting(): void {
    this.writer?.destroy()
    this.writer = undefined
  }

  private open(): Socket {
    const writer = new Socket({ fd: native.duplicate(this.fd), readable: false, writable: true })
    // A program that ends without reading its answer is none of our business.
    writer.on('error', () => writer.destroy())
    return writer
  }
}
