/** The console's screen: the user's output, and below it what is being typed. */
import { styleText } from 'node:util'
import type { Editor } from '../editor/editor.ts'

export type Style = Parameters<typeof styleText>[0]

export class Terminal {
  readonly #output: NodeJS.WriteStream
  #editor: Editor | undefined
  #atLineStart = true

  constructor(output: NodeJS.WriteStream) {
    this.#output = output
  }

  get columns(): number {
    return this.#output.columns || 80
  }

  get rows(): number {
    return this.#output.rows || 24
  }

  /** Without colours where NO_COLOR is set. */
  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#output })
  }

  /** What an editor draws: it knows itself where the cursor is. */
  write(text: string): void {
    this.#output.write(text)
  }

  /** Output, as it comes. What is being typed makes room for it. */
  print(text: string): void {
    if (text === '') return
    if (this.#editor) {
      const whole = text.endsWith('\n') ? text : `${text}\n`
      this.#editor.aside(() => this.write(whole))
      return
    }
    this.write(text)
    this.#atLineStart = text.endsWith('\n')
  }

  /** A line of the console's own. */
  say(text: string, style: Style = 'dim'): void {
    this.freshLine()
    this.print(`${this.styled(style, text)}\n`)
  }

  /** Ends a line that the output has left open. */
  freshLine(): void {
    if (!this.#atLineStart && !this.#editor) this.print('\n')
  }

  /** What is printed while `editor` is at work goes above it. */
  async during<T>(editor: Editor, work: () => Promise<T>): Promise<T> {
    this.#editor = editor
    try {
      return await work()
    } finally {
      this.#editor = undefined
      this.#atLineStart = true
    }
  }

  onResize(redraw: () => void): void {
    this.#output.on('resize', redraw)
  }

  /** Draws the open entry for a screen of another size. */
  redraw(): void {
    this.#editor?.draw()
  }
}
