/** A step's output on our own streams, byte for byte, as fast as whoever reads them reads. */
import { setImmediate } from 'node:timers/promises'
import type { Result } from '../../protocol/results.ts'
import { imageProtocol } from '../rich/images.ts'
import { RichOutput } from '../rich/output.ts'

const NEWLINE = 10

/** A longer line is no prompt, in bytes. */
const LONGEST_PROMPT = 4096
/** How long a line without an end waits on a terminal for the question whose prompt it may be, in milliseconds. */
const PROMPT_WAIT = 100

export class Streams {
  readonly #rich = new RichOutput(process.stdout.isTTY ? imageProtocol(process.env) : undefined)
  /** The start of a line that is not shown yet. */
  #held: Uint8Array = Buffer.alloc(0)
  #timer: NodeJS.Timeout | undefined

  /** Resolves when the next result may come. */
  async take(result: Result): Promise<void> {
    switch (result.type) {
      case 'stdout':
        return process.stdout.isTTY ? this.#show(result.data) : write(process.stdout, result.data)
      case 'stderr':
        this.release()
        return write(process.stderr, result.data)
      case 'media':
      case 'html':
        this.release()
        // What nobody looks at stays out of the way of what a program reads.
        return write(process.stdout.isTTY ? process.stdout : process.stderr, this.#rich.show(result))
      case 'log':
        this.release()
        return write(process.stderr, `${result.text.trimEnd()}\n`)
    }
  }

  /**
   * Who sees a prompt may type at once: it must not be there before the terminal is ready for the answer,
   * or a password is echoed. Signals are handled in between, however much there is to show.
   */
  async #show(data: Uint8Array): Promise<void> {
    const whole = Buffer.concat([this.#held, data])
    const lineStart = whole.lastIndexOf(NEWLINE) + 1
    const end = whole.length - lineStart <= LONGEST_PROMPT ? lineStart : whole.length
    this.#held = whole.subarray(end)
    if (this.#held.length > 0) this.#timer ??= setTimeout(() => this.release(), PROMPT_WAIT)
    await write(process.stdout, whole.subarray(0, end))
    await setImmediate()
  }

  /** Shows the start of a line that was held back. */
  release(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#held.length > 0) process.stdout.write(this.#held)
    this.#held = Buffer.alloc(0)
  }

  /** Resolves when everything is out of our hands. */
  async flush(): Promise<void> {
    this.release()
    const flushed = (stream: NodeJS.WriteStream) =>
      new Promise<void>((resolve) => stream.write('', () => resolve()))
    await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  }
}

async function write(stream: NodeJS.WriteStream, data: Uint8Array | string): Promise<void> {
  if (stream.writable && !stream.write(data)) await drained(stream)
}

/** A reader that goes away ends the wait, too. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}
