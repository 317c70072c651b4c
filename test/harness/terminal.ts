/** A program on a real terminal, with a person's hands and eyes. */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { processesGone } from './leaks.ts'
import { TAG } from './processes.ts'
import { until } from './until.ts'

const FIXTURE = fileURLToPath(new URL('../fixtures/terminal.py', import.meta.url))

/** What those keys send. */
export const KEYS = {
  enter: '\r',
  altEnter: '\x1b\r',
  tab: '\t',
  up: '\x1b[A',
  left: '\x1b[D',
  backspace: '\x7f',
  ctrlC: '\x03',
  ctrlD: '\x04',
  ctrlR: '\x12',
} as const

/** As a terminal sends what is pasted. */
export const pasted = (text: string) => `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`

export interface TerminalOptions {
  cwd?: string
  env?: Readonly<Record<string, string>>
  columns?: number
}

/** Opens a terminal with a program in it, for one test. */
export function openTerminal(program: readonly string[], options: TerminalOptions = {}): Terminal {
  const tag = randomUUID()
  const child = startTerminal(program, options, tag)
  const terminal = new Terminal(child)
  onTestFinished(async () => {
    terminal.hangUp()
    await child
    processesGone(tag)
  })
  return terminal
}

function startTerminal(program: readonly string[], options: TerminalOptions, tag: string) {
  // Of the terminal that runs the tests, nothing is to be seen.
  const { CI, NO_COLOR, FORCE_COLOR, KITTY_WINDOW_ID, TERM_PROGRAM, TMUX, ...env } = process.env
  return execa('python3', [FIXTURE, String(options.columns ?? 80), '24', ...program], {
    cwd: options.cwd ?? '.',
    env: { ...env, TERM: 'xterm-256color', ...options.env, [TAG]: tag },
    extendEnv: false,
    reject: false,
    buffer: false,
  })
}

type Child = ReturnType<typeof startTerminal>

export class Terminal {
  readonly #child: Child
  #shown = ''
  #seen = 0

  constructor(child: Child) {
    this.#child = child
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#shown += text
    })
  }

  /** The process of the terminal itself; the program is its child. */
  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Every byte that the program has written, control sequences included. */
  get written(): string {
    return this.#shown
  }

  type(...keys: string[]): void {
    this.#child.stdin.write(keys.join(''))
  }

  hangUp(): void {
    this.#child.stdin.end()
  }

  /** Waits for text behind what was last waited for, and returns what stands before it; without colours. */
  async shows(text: string): Promise<string> {
    const place = await until(`the terminal shows ${JSON.stringify(text)}`, () => {
      const found = this.#text.indexOf(text, this.#seen)
      return found < 0 ? undefined : { found }
    }).catch((error: Error) => {
      throw new Error(`${error.message}; it shows ${JSON.stringify(this.#text.slice(this.#seen))}`)
    })
    const before = this.#text.slice(this.#seen, place.found)
    this.#seen = place.found + text.length
    return before
  }

  /** Waits for these bytes. */
  async writes(bytes: string): Promise<void> {
    await until(`the terminal is sent ${JSON.stringify(bytes)}`, () => this.#shown.includes(bytes))
  }

  get #text(): string {
    return stripVTControlCharacters(this.#shown)
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | undefined> {
    return (await this.#child).exitCode
  }
}
