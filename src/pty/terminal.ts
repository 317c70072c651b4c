/** A process on a pseudo terminal of its own. */
import { closeSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import { native } from '../process/native.ts'
import type { Outcome } from '../process/outcome.ts'
import { onExit } from '../process/reaper.ts'
import { type ProcessOptions, startProcess } from '../process/spawn.ts'
import { TerminalInput } from './terminal-input.ts'

/** Long for a kernel, ms. */
const SILENCE = 30

export interface TerminalSize {
  rows: number
  columns: number
}

export interface TerminalOptions extends Pick<ProcessOptions, 'argv' | 'env' | 'cwd'> {
  size: TerminalSize
  /** The chunk is the callee's. Characters may be split. */
  onOutput(chunk: Buffer): void
}

export class Terminal {
  readonly pid: number
  /** Settles when the process itself has ended. */
  readonly exited: Promise<Outcome>
  /** Settles when the process has ended and what it printed has been delivered, whoever still holds the terminal. */
  readonly ended: Promise<Outcome>
  private readonly fd: number
  private readonly output: ReadStream
  private readonly input: TerminalInput

  /** Throws SPAWN as `spawnChild` does. */
  constructor({ argv, env, cwd, size, onOutput }: TerminalOptions) {
    const [ours, childs] = native.openTerminal()
    native.setTerminalSize(ours, size.rows, size.columns)
    try {
      this.pid = startProcess({ argv, env, cwd, hasTerminal: true }, [childs, childs, childs])
    } catch (error) {
      closeSync(ours)
      throw error
    } finally {
      closeSync(childs)
    }
    this.fd = ours
    this.exited = new Promise((resolve) => onExit(this.pid, resolve))
    this.input = new TerminalInput(ours)
    this.output = new ReadStream(ours)
    this.output.on('data', onOutput)
    // EIO is how a terminal says that nobody holds its other end.
    for (const event of ['error', 'end']) this.output.on(event, () => this.close())
    this.ended = this.exited.then(async (outcome) => {
      await this.silence()
      this.close()
      return outcome
    })
  }

  /** What a person types or pastes; kept until the process reads it, up to a limit: false where it is full. */
  write(bytes: Buffer): boolean {
    return this.input.write(bytes)
  }

  resize({ rows, columns }: TerminalSize): void {
    if (!this.output.destroyed) native.setTerminalSize(this.fd, rows, columns)
  }

  /** Stops reading: the process blocks once the terminal's own buffer is full. */
  pause(): void {
    this.output.pause()
  }

  resume(): void {
    this.output.resume()
  }

  /** A terminal passes on in its own time what was written to it, so its end is known by that nothing comes any more. */
  private silence(): Promise<void> {
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, SILENCE)
      this.output.on('data', () => {
        clearTimeout(timer)
        timer = setTimeout(resolve, SILENCE)
      })
      this.output.once('close', resolve)
    })
  }

  /** Hangs up: the process and its foreground group get SIGHUP. */
  close(): void {
    // First: the descriptor is closed at once, and may soon be somebody else's.
    this.input.close()
    this.output.destroy()
  }
}
