/** A shell on a terminal over two sockets of its own, for as long as the session lives: a new one when it exits. */
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../errors.ts'
import { describeOutcome } from '../process/outcome.ts'
import { type SessionCommand, TERMINAL_ENVIRONMENT } from '../pty/session.ts'
import { Terminal, type TerminalSize } from '../pty/terminal.ts'
import type { ListenAddress } from '../zmtp/listen.ts'
import { PubServer } from '../zmtp/pub-server.ts'
import { ReceivingServer } from '../zmtp/receiving-server.ts'
import type { Logger } from './logger.ts'

const FIRST_SIZE: TerminalSize = { rows: 24, columns: 80 }
/** One that cannot live is not begun more often, ms. */
const PAUSE = 1000
/** A message of keys may be a paste, bytes. */
const KEYS_LIMIT = 16 * 1024 * 1024
/** Bytes. */
const EARLY_LIMIT = 64 * 1024
const RESIZE = /^%resize\s+(\d{1,4})\s+(\d{1,4})\s*$/

export class LinuxConsole {
  private readonly command: SessionCommand
  private readonly log: Logger
  private size = FIRST_SIZE
  private terminal: Terminal | undefined
  /** Typed while there was no shell. */
  private early: Buffer[] = []
  private keys: ReceivingServer | undefined
  private screen: PubServer | undefined
  private isOpen = true

  constructor(command: SessionCommand, log: Logger) {
    this.command = { ...command, env: { ...command.env, ...TERMINAL_ENVIRONMENT } }
    this.log = log
  }

  get ports(): { keys: number; screen: number } | undefined {
    return this.keys && this.screen && { keys: this.keys.port, screen: this.screen.port }
  }

  /** Binds both sockets, and begins the first shell. Throws PORT_IN_USE, CANNOT_LISTEN. */
  async open(keys: ListenAddress, screen: ListenAddress): Promise<void> {
    this.screen = await PubServer.bind(screen, (mayFlow) =>
      mayFlow ? this.terminal?.resume() : this.terminal?.pause(),
    )
    this.keys = await ReceivingServer.bind(
      'SUB',
      keys,
      KEYS_LIMIT,
      ([typed]) => typed && this.type(typed),
      () => {},
    )
    void this.keepShell()
  }

  /** Whether the cell is one for the terminal; it is done then. */
  resize(source: string): boolean {
    const [, rows, columns] = RESIZE.exec(source) ?? []
    if (!rows || !columns || Number(rows) === 0 || Number(columns) === 0) return false
    this.size = { rows: Number(rows), columns: Number(columns) }
    this.terminal?.resize(this.size)
    return true
  }

  close(): void {
    this.isOpen = false
    this.keys?.close()
    this.screen?.close()
    this.terminal?.close()
  }

  private type(keys: Buffer): void {
    if (this.terminal) this.terminal.write(keys)
    else this.early = [Buffer.concat([...this.early, keys]).subarray(0, EARLY_LIMIT)]
  }

  private async keepShell(): Promise<void> {
    while (this.isOpen) {
      const begun = performance.now()
      await this.runShell()
      if (performance.now() - begun < PAUSE) await delay(PAUSE)
    }
  }

  private async runShell(): Promise<void> {
    try {
      const onOutput = (chunk: Buffer) => this.screen?.send(chunk)
      this.terminal = new Terminal({ ...this.command, size: this.size, onOutput })
      for (const keys of this.early.splice(0)) this.terminal.write(keys)
      const shell = this.terminal
      await shell.exited
      // What is typed from now on is for the next one.
      this.terminal = undefined
      const outcome = await shell.ended
      if (this.isOpen) this.log.info(`the shell of the console ${describeOutcome(outcome)}; a new one starts`)
    } catch (error) {
      this.log.warn(`the console has no shell: ${messageOf(error)}`)
    }
  }
}
