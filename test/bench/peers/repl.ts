import { once } from 'node:events'
import { type IPty, spawn } from '@lydell/node-pty'
import { descendantsOf } from '../../../src/process/procfs.ts'
import type { CellTime, Session } from './session.ts'

export interface ReplCommand {
  readonly argv: readonly [string, ...string[]]
  /** What it prints when it waits for a cell. */
  readonly prompt: string
  readonly env?: Readonly<Record<string, string>>
}

/** No colours, no redrawn lines, no previews of a result that nobody has asked for yet. */
const ENVIRONMENT = { TERM: 'dumb', NO_COLOR: '1', PS1: '$ ', INPUTRC: '/dev/null' }

/** A language's own REPL on a terminal, as a person has it. A cell has ended when the next prompt is there. */
export class Repl implements Session {
  readonly readyAfter: number
  readonly languageStart: number
  private readonly terminal: IPty
  private readonly screen: Screen
  private readonly prompt: string

  private constructor(terminal: IPty, screen: Screen, prompt: string, languageStart: number) {
    this.terminal = terminal
    this.screen = screen
    this.prompt = prompt
    this.readyAfter = performance.now() - languageStart
    this.languageStart = languageStart
  }

  static async start({ argv, prompt, env }: ReplCommand, folder: string): Promise<Repl> {
    const started = performance.now()
    const [file, ...args] = argv
    const terminal = spawn(file, args, {
      cwd: folder,
      cols: 200,
      env: { ...process.env, ...ENVIRONMENT, HOME: folder, ...env },
    })
    const screen = new Screen(terminal)
    await screen.shows([prompt])
    return new Repl(terminal, screen, prompt, started)
  }

  get pid(): number {
    return this.terminal.pid
  }

  /** `result`: what the cell prints, and its source does not hold. */
  async run(cell: string, result = ''): Promise<CellTime> {
    const started = performance.now()
    this.terminal.write(`${cell}\r`)
    const bytes = await this.screen.shows([result, this.prompt])
    return { milliseconds: performance.now() - started, bytes }
  }

  languagePids(): number[] {
    return [this.pid, ...descendantsOf(this.pid).map((entry) => entry.pid)]
  }

  async stop(): Promise<void> {
    const ended = once(this.screen, 'end')
    this.terminal.kill('SIGKILL')
    await ended
  }
}

/** What takes longer will never come, ms. */
const HANG = 60_000

/** What a terminal has shown since it was last looked at. */
class Screen extends EventTarget {
  private text = ''
  private hasEnded = false

  constructor(terminal: IPty) {
    super()
    terminal.onData((text) => {
      this.text += text
      this.dispatchEvent(new Event('change'))
    })
    terminal.onExit(() => {
      this.hasEnded = true
      this.dispatchEvent(new Event('end'))
      this.dispatchEvent(new Event('change'))
    })
  }

  /** Until all of these are there, one behind the other; forgets what came up to then. */
  async shows(texts: readonly string[]): Promise<number> {
    const signal = AbortSignal.timeout(HANG)
    for (;;) {
      const end = texts.reduce((from, text) => behind(this.text, text, from), 0)
      if (end >= 0) {
        this.text = this.text.slice(end)
        return end
      }
      if (this.hasEnded) throw new Error(`the REPL ended; it had shown: ${this.text.slice(-500)}`)
      await once(this, 'change', { signal }).catch(() => {
        throw new Error(
          `the REPL does not show ${texts.join(' and then ')}; it shows: ${this.text.slice(-500)}`,
        )
      })
    }
  }
}

/** Where `part` ends in `text`, looked for from there on; -1 stays -1. */
function behind(text: string, part: string, from: number): number {
  const at = from < 0 ? -1 : text.indexOf(part, from)
  return at < 0 ? -1 : at + part.length
}
