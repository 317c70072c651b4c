/** Ctrl-R: finds the last entry of the history with what is typed, and again the one before it. */
import type { TextBuffer } from './buffer.ts'
import type { History } from './history.ts'
import type { KeyEvent } from './keyboard.ts'

export class Search {
  readonly #history: History
  readonly #buffer: TextBuffer
  readonly #before: { text: string; cursor: number }
  #wanted = ''
  #place: number
  #found = true
  #over = false

  constructor(history: History, buffer: TextBuffer) {
    this.#history = history
    this.#buffer = buffer
    this.#before = { text: buffer.text, cursor: buffer.cursor }
    this.#place = history.length
  }

  get prompt(): string {
    return `(${this.#found ? 'search' : 'not found'}) '${this.#wanted}': `
  }

  /** The entry that is shown. */
  get found(): string | undefined {
    return this.#history.at(this.#place)
  }

  /** The entry is given up, and the text is as it was. */
  get isOver(): boolean {
    return this.#over
  }

  /** False for a key that ends the search and does its own work on what was found. */
  take(event: KeyEvent): boolean {
    if ('text' in event) this.#narrow(this.#wanted + event.text)
    else if (event.key === 'C-r') this.#find(this.#place)
    else if (event.key === 'backspace') this.#narrow(this.#wanted.slice(0, -1))
    else if (event.key === 'C-g' || event.key === 'escape' || event.key === 'M-escape') this.#giveUp()
    else return false
    return true
  }

  #narrow(wanted: string): void {
    this.#wanted = wanted
    this.#find(this.#history.length)
  }

  #find(before: number): void {
    const place = this.#history.find(this.#wanted, before)
    this.#found = place >= 0
    if (place < 0) return
    this.#place = place
    this.#buffer.set(this.#history.at(place) ?? '')
  }

  #giveUp(): void {
    this.#buffer.set(this.#before.text, this.#before.cursor)
    this.#over = true
  }
}
