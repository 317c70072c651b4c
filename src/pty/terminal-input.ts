/** What is typed into a terminal, kept while its process does not read. */
import { constants } from 'node:os'
import { native } from '../process/native.ts'

/** More than a person pastes, bytes. */
const LIMIT = 16 * 1024 * 1024
/** A terminal cannot tell Node when it takes more, so it is asked: at first soon, then ever more rarely; ms. */
const FIRST_PAUSE = 1
const LONGEST_PAUSE = 100

export class TerminalInput {
  private readonly fd: number
  private readonly waiting: Buffer[] = []
  private bytes = 0
  private timer: NodeJS.Timeout | undefined
  private isOpen = true

  constructor(fd: number) {
    this.fd = fd
  }

  /** False where too much waits already: nothing of it was taken. */
  write(bytes: Buffer): boolean {
    if (!this.isOpen || bytes.length === 0) return this.isOpen
    if (this.bytes + bytes.length > LIMIT) return false
    this.waiting.push(bytes)
    this.bytes += bytes.length
    if (!this.timer) this.flush(FIRST_PAUSE)
    return true
  }

  close(): void {
    this.isOpen = false
    clearTimeout(this.timer)
  }

  private flush(pause: number): void {
    this.timer = undefined
    let hasMoved = false
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      const count = native.write(this.fd, first, 0, first.length)
      if (count <= 0) {
        if (count === 0 || count === -constants.errno.EAGAIN) this.flushLater(hasMoved ? FIRST_PAUSE : pause)
        else this.close()
        return
      }
      hasMoved = true
      this.bytes -= count
      if (count < first.length) this.waiting[0] = first.subarray(count)
      else this.waiting.shift()
    }
  }

  private flushLater(pause: number): void {
    this.timer = setTimeout(() => this.flush(Math.min(2 * pause, LONGEST_PAUSE)), pause)
  }
}
