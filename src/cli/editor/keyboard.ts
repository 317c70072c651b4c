/** A terminal's keys. What is typed while nobody reads waits for the next reader, as a terminal's own buffer does. */
import { emitKeypressEvents } from 'node:readline'
import type { ReadStream } from 'node:tty'

/** A key, named as in `C-a`, `M-return`, `S-tab`; or text that was typed or pasted as a whole. */
export type KeyEvent = { key: string } | { text: string }
export type KeyReader = (event: KeyEvent) => void

interface Keypress {
  name?: string
  sequence?: string
  code?: string
  ctrl: boolean
  meta: boolean
  shift: boolean
}

const BRACKETED_PASTE = { on: '\x1b[?2004h', off: '\x1b[?2004l' }

/** Sequences of terminals that tell Shift-Enter and Alt-Enter from Enter (fixterms, and xterm's modifyOtherKeys). */
const MODIFIED_ENTER = new Set(['[13;2u', '[13;3u', '[13;5u'])

export class Keyboard {
  /** Called for Ctrl-C while nobody reads. */
  onInterrupt: () => void = () => {}
  /** Called when the terminal is gone. */
  onEnd: () => void = () => {}
  readonly #input: ReadStream
  readonly #write: (text: string) => unknown
  readonly #waiting: KeyEvent[] = []
  #reader: KeyReader | undefined
  #pasted: string[] | undefined

  constructor(input: ReadStream, write: (text: string) => unknown) {
    this.#input = input
    this.#write = write
    emitKeypressEvents(input)
  }

  /** Takes the terminal: no echo, no line editing, no signals of its own. */
  open(): void {
    this.#input.on('keypress', this.#onKeypress)
    this.#input.on('end', this.#ended).on('error', this.#ended)
    this.#input.setRawMode(true)
    this.#input.resume()
    this.#write(BRACKETED_PASTE.on)
  }

  /** Gives it back as it was. */
  close(): void {
    this.#input.off('keypress', this.#onKeypress)
    this.#input.off('end', this.#ended).off('error', this.#ended)
    this.#input.pause()
    try {
      this.#input.setRawMode(false)
      this.#write(BRACKETED_PASTE.off)
    } catch {
      // A terminal that has hung up takes no mode.
    }
  }

  /** Stops this process as Ctrl-Z does, and takes the terminal again when it goes on. */
  suspend(resumed: () => void): void {
    this.close()
    process.once('SIGCONT', () => {
      this.open()
      resumed()
    })
    // The whole foreground group, as the terminal would: a parent of ours may be what the shell waits for.
    process.kill(0, 'SIGTSTP')
  }

  readonly #ended = () => this.onEnd()

  /** Gives each event to `reader`, first those that wait, until the returned function is called. */
  read(reader: KeyReader): () => void {
    this.#reader = reader
    const release = () => {
      if (this.#reader === reader) this.#reader = undefined
    }
    // After the caller has what we return: a waiting Enter releases.
    queueMicrotask(() => this.#deliver())
    return release
  }

  #deliver(): void {
    while (this.#reader) {
      const event = this.#waiting.shift()
      if (!event) return
      this.#reader(event)
    }
  }

  readonly #onKeypress = (typed: string | undefined, keypress: Keypress): void => {
    if (keypress.name === 'paste-start') this.#pasted = []
    else if (keypress.name === 'paste-end') this.#endPaste()
    else if (this.#pasted) this.#pasted.push(typed ?? '')
    else this.#take(eventOf(typed, keypress))
  }

  #endPaste(): void {
    const text = cleanPaste(this.#pasted?.join('') ?? '')
    this.#pasted = undefined
    if (text !== '') this.#take({ text })
  }

  #take(event: KeyEvent | undefined): void {
    if (!event) return
    if (!this.#reader && 'key' in event && event.key === 'C-c') {
      // A terminal drops what was typed ahead, too.
      this.#waiting.length = 0
      this.onInterrupt()
      return
    }
    this.#waiting.push(event)
    this.#deliver()
  }
}

function eventOf(typed: string | undefined, keypress: Keypress): KeyEvent | undefined {
  if (keypress.code && MODIFIED_ENTER.has(keypress.code)) return { key: 'M-return' }
  if (typed === '\n') return { key: 'return' }
  if (isPrintable(typed) && !keypress.ctrl && !keypress.meta) return { text: typed }
  if (typed === '\x1f') return { key: 'C-_' }
  if (!keypress.name || keypress.name === 'undefined') return undefined
  const modifiers = (keypress.ctrl ? 'C-' : '') + (keypress.meta ? 'M-' : '') + (keypress.shift ? 'S-' : '')
  return { key: modifiers + keypress.name }
}

function isPrintable(typed: string | undefined): typed is string {
  return typed !== undefined && /^\P{Cc}+$/u.test(typed)
}

/** Terminals send a pasted newline as a carriage return. Other control characters are no text. */
function cleanPaste(pasted: string): string {
  return pasted.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
}
