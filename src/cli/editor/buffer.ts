/** The text that is being edited, and the place of the cursor in it. Offsets are in UTF-16 units. */
import { borderAtColumn, lineEndAt, lineStartAt, nextBorder, previousBorder, textWidth } from './width.ts'

/** What Tab and a new block add. */
export const INDENT = '    '

const WORD = /[\p{L}\p{N}_]/u

export class TextBuffer {
  text = ''
  cursor = 0
  /** What the last kill took, for `yank`. */
  #killed = ''

  set(text: string, cursor = text.length): void {
    this.text = text
    this.cursor = cursor
  }

  get lineStart(): number {
    return lineStartAt(this.text, this.cursor)
  }

  get lineEnd(): number {
    return lineEndAt(this.text, this.cursor)
  }

  /** The line's text up to the cursor. */
  get beforeCursor(): string {
    return this.text.slice(this.lineStart, this.cursor)
  }

  get onFirstLine(): boolean {
    return this.lineStart === 0
  }

  get onLastLine(): boolean {
    return this.lineEnd === this.text.length
  }

  insert(text: string): void {
    this.replace(this.cursor, this.cursor, text)
  }

  /** Puts `text` in place of what stands from `start` to `end`; the cursor goes behind it. */
  replace(start: number, end: number, text: string): void {
    this.text = this.text.slice(0, start) + text + this.text.slice(end)
    this.cursor = start + text.length
  }

  moveTo(offset: number): void {
    this.cursor = Math.max(0, Math.min(offset, this.text.length))
  }

  left(): void {
    this.cursor = previousBorder(this.text, this.cursor)
  }

  right(): void {
    this.cursor = nextBorder(this.text, this.cursor)
  }

  wordLeft(): void {
    this.cursor = this.#wordBorder(-1)
  }

  wordRight(): void {
    this.cursor = this.#wordBorder(1)
  }

  /** Past what is no word, then past the word. */
  #wordBorder(direction: 1 | -1): number {
    const inWord = (offset: number) => WORD.test(this.text.charAt(direction > 0 ? offset : offset - 1))
    const end = direction > 0 ? this.text.length : 0
    let offset = this.cursor
    while (offset !== end && !inWord(offset)) offset += direction
    while (offset !== end && inWord(offset)) offset += direction
    return offset
  }

  /** To the same column of the line above; false on the first line. */
  up(): boolean {
    if (this.onFirstLine) return false
    const start = lineStartAt(this.text, this.lineStart - 1)
    this.cursor = borderAtColumn(this.text, start, textWidth(this.beforeCursor))
    return true
  }

  /** To the same column of the line below; false on the last line. */
  down(): boolean {
    if (this.onLastLine) return false
    this.cursor = borderAtColumn(this.text, this.lineEnd + 1, textWidth(this.beforeCursor))
    return true
  }

  backspace(): void {
    this.replace(previousBorder(this.text, this.cursor), this.cursor, '')
  }

  deleteForward(): void {
    this.replace(this.cursor, nextBorder(this.text, this.cursor), '')
  }

  /** From the cursor to the line's end, or the newline where it stands at the end. */
  killToLineEnd(): void {
    this.#kill(this.cursor, this.lineEnd > this.cursor ? this.lineEnd : nextBorder(this.text, this.cursor))
  }

  killToLineStart(): void {
    this.#kill(this.lineStart, this.cursor)
  }

  killWordLeft(): void {
    this.#kill(this.#wordBorder(-1), this.cursor)
  }

  killWordRight(): void {
    this.#kill(this.cursor, this.#wordBorder(1))
  }

  #kill(start: number, end: number): void {
    if (start === end) return
    this.#killed = this.text.slice(start, end)
    this.replace(start, end, '')
  }

  yank(): void {
    this.insert(this.#killed)
  }

  /** Takes one indent from the start of the line. */
  dedent(): void {
    const start = this.lineStart
    const spaces = /^(?:\t| {1,4})/.exec(this.text.slice(start))?.[0].length ?? 0
    const cursor = Math.max(start, this.cursor - spaces)
    this.replace(start, start + spaces, '')
    this.cursor = cursor
  }
}
