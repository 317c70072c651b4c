/** A session's results on the console's screen. */
import { setImmediate } from 'node:timers/promises'
import type { Result, StreamName } from '../../protocol/results.ts'
import { imageProtocol } from '../rich/images.ts'
import { RichOutput } from '../rich/output.ts'
import type { Terminal } from './terminal.ts'

/** How much is shown after an interrupt, in bytes: what was printed before it may fill a spool. */
const SHOWN_AFTER_INTERRUPT = 256 * 1024

export class Output {
  readonly #terminal: Terminal
  readonly #rich = new RichOutput(imageProtocol(process.env))
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  /** Bytes of stdout since the interrupt of the running cell. */
  #sinceInterrupt: number | undefined

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Resolves when the next result may come: keys are handled in between. */
  async take(result: Result): Promise<void> {
    this.#show(result)
    await setImmediate()
  }

  #show(result: Result): void {
    switch (result.type) {
      case 'stdout':
      case 'stderr':
        this.#stream(result.type, result.data)
        break
      case 'media':
      case 'html':
        this.#terminal.freshLine()
        this.#terminal.print(this.#rich.show(result))
        break
      case 'log':
        this.#terminal.say(result.text.trimEnd())
        break
      case 'finished':
        this.#finish(result.exitCode)
    }
  }

  #stream(stream: StreamName, data: Uint8Array): void {
    const text = this.#decoders[stream].decode(data, { stream: true })
    if (stream === 'stderr') this.#terminal.print(this.#red(text))
    else if (this.#isShown(data.length)) this.#terminal.print(text)
    else this.#terminal.freshLine()
  }

  /** Line by line, so that a newline stays the last character. */
  #red(text: string): string {
    return text.replace(/[^\n]+/g, (line) => this.#terminal.styled('red', line))
  }

  interrupted(): void {
    this.#sinceInterrupt ??= 0
  }

  #isShown(bytes: number): boolean {
    if (this.#sinceInterrupt === undefined) return true
    this.#sinceInterrupt += bytes
    return this.#sinceInterrupt <= SHOWN_AFTER_INTERRUPT
  }

  #finish(exitCode: number): void {
    for (const stream of ['stdout', 'stderr'] as const) this.#terminal.print(this.#decoders[stream].decode())
    const dropped = (this.#sinceInterrupt ?? 0) - SHOWN_AFTER_INTERRUPT
    this.#sinceInterrupt = undefined
    if (dropped > 0)
      this.#terminal.say(`[${Math.ceil(dropped / 1024)} KiB printed before the interrupt are not shown]`)
    if (exitCode !== 0) this.#terminal.say(`[exit code ${exitCode}]`)
    this.#terminal.freshLine()
  }
}
