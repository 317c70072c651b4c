/** A step's output on our own streams, byte for byte, as fast as whoever reads them reads. */
import type { Result } from '../../protocol/results.ts'
import { imageProtocol } from '../rich/images.ts'
import { RichOutput } from '../rich/output.ts'

export class Streams {
  readonly #rich = new RichOutput(process.stdout.isTTY ? imageProtocol(process.env) : undefined)

  /** Resolves when the next result may come. */
  async take(result: Result): Promise<void> {
    switch (result.type) {
      case 'stdout':
        return write(process.stdout, result.data)
      case 'stderr':
        return write(process.stderr, result.data)
      case 'media':
      case 'html':
        // What nobody looks at stays out of the way of what a program reads.
        return write(process.stdout.isTTY ? process.stdout : process.stderr, this.#rich.show(result))
      case 'log':
        return write(process.stderr, `${result.text.trimEnd()}\n`)
    }
  }

  /** Resolves when everything is out of our hands. */
  async flush(): Promise<void> {
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
