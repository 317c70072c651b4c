/** Edits one entry on a terminal: a cell of many lines, an answer, a password. */
import { INDENT, TextBuffer } from './buffer.ts'
import { choicesText, completionOf } from './completion.ts'
import { Drawing, type Screen } from './drawing.ts'
import { History } from './history.ts'
import type { Keyboard, KeyEvent } from './keyboard.ts'
import { EDITOR_KEYS, type EditorActions, TEXT_KEYS } from './keymap.ts'
import { Search } from './search.ts'

export interface EditOptions {
  /** Before the first line; may hold colours. */
  prompt: string
  /** Before every other line. */
  continuation?: string
  /** The text is not shown. */
  hidden?: boolean
  history?: History
  /** What may stand at the cursor, an offset in the text. Missing: Tab inserts an indent. */
  complete?: (text: string, cursor: number) => Promise<string[]>
  /** True: Enter behind this text starts a new line. Missing: Enter always ends the entry. */
  goesOn?: (text: string) => boolean
}

/** What was entered, or that Ctrl-C dropped it, or Ctrl-D in an empty entry. */
export type Edited = { kind: 'text'; text: string } | { kind: 'interrupt' } | { kind: 'end' }

export class Editor implements EditorActions {
  readonly buffer = new TextBuffer()
  readonly history: History
  readonly #keyboard: Keyboard
  readonly #screen: Screen
  readonly #drawing: Drawing
  readonly #options: EditOptions
  readonly #done = Promise.withResolvers<Edited>()
  #release: () => void = () => {}
  /** Which entry of the history is shown; its length: the draft. */
  #place: number
  #draft = ''
  #search: Search | undefined
  /** Spaces that nobody typed: typed ones take their place. */
  #softIndent = false
  /** What came from the history as it is: it was complete before. */
  #recalled: string | undefined
  #isOpen = true

  constructor(keyboard: Keyboard, screen: Screen, options: EditOptions) {
    this.#keyboard = keyboard
    this.#screen = screen
    this.#drawing = new Drawing(screen)
    this.#options = options
    this.history = options.history ?? new History()
    this.#place = this.history.length
  }

  /** Call once. */
  edit(): Promise<Edited> {
    this.draw()
    this.#release = this.#keyboard.read((event) => this.#take(event))
    return this.#done.promise
  }

  /** Ends without an entry, as when the question is over. */
  cancel(): void {
    this.#end({ kind: 'interrupt' })
  }

  /** Runs `print` with the entry off the screen; it must end with a newline. */
  aside(print: () => void): void {
    this.#drawing.wipe()
    print()
    if (this.#isOpen) this.draw()
  }

  draw(): void {
    const { hidden, prompt, continuation = '' } = this.#options
    const { text, cursor } = hidden ? { text: '', cursor: 0 } : this.buffer
    this.#drawing.draw({ prompt: this.#search?.prompt ?? prompt, continuation, text, cursor })
  }

  #take(event: KeyEvent): void {
    const soft = this.#softIndent
    this.#softIndent = false
    if (!this.#searched(event)) this.#handle(event, soft)
    if (this.#isOpen) this.draw()
  }

  #handle(event: KeyEvent, soft: boolean): void {
    if ('text' in event) {
      this.#insert(event.text, soft)
      return
    }
    TEXT_KEYS[event.key]?.(this.buffer)
    const action = EDITOR_KEYS[event.key]
    if (action) this[action]()
  }

  #insert(text: string, soft: boolean): void {
    const { buffer } = this
    if (soft && text === ' ') buffer.replace(buffer.lineStart, buffer.cursor, '')
    if (soft && /^[)\]}]$/.test(text)) buffer.dedent()
    buffer.insert(this.#options.goesOn ? text : text.replaceAll('\n', ' '))
  }

  /** Enter. */
  enter(): void {
    if (this.#goesOn) this.newline()
    else this.#end({ kind: 'text', text: this.buffer.text })
  }

  get #goesOn(): boolean {
    const { text, onLastLine } = this.buffer
    const { goesOn } = this.#options
    if (!goesOn || text === this.#recalled) return false
    return !onLastLine || goesOn(text)
  }

  /** A new line with the indent of this one, or one more behind what opens a block. */
  newline(): void {
    if (!this.#options.goesOn) return
    const before = this.buffer.beforeCursor
    const indent = /^[ \t]*/.exec(before)?.[0] ?? ''
    const opened = /[:([{]\s*$/.test(before) ? INDENT : ''
    this.buffer.insert(`\n${indent}${opened}`)
    this.#softIndent = indent + opened !== ''
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.buffer.moveTo(this.buffer.text.length)
    this.draw()
    this.#screen.write('^C')
    this.#end({ kind: 'interrupt' })
  }

  /** Ctrl-D. */
  endOrDelete(): void {
    if (this.buffer.text === '') this.#end({ kind: 'end' })
    else this.buffer.deleteForward()
  }

  #end(edited: Edited): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#drawing.leave()
    this.#release()
    this.#done.resolve(edited)
  }

  up(): void {
    if (!this.buffer.up()) this.#show(this.#place - 1)
  }

  down(): void {
    if (!this.buffer.down()) this.#show(this.#place + 1)
  }

  previousEntry(): void {
    this.#show(this.#place - 1)
  }

  nextEntry(): void {
    this.#show(this.#place + 1)
  }

  #show(place: number): void {
    if (place < 0 || place > this.history.length) return
    if (this.#place === this.history.length) this.#draft = this.buffer.text
    this.#place = place
    this.#recalled = this.history.at(place)
    this.buffer.set(this.#recalled ?? this.#draft)
  }

  clearScreen(): void {
    this.#drawing.clearScreen()
  }

  /** Ctrl-Z: the terminal goes back to the shell until it says `fg`. */
  suspend(): void {
    this.#drawing.wipe()
    this.#keyboard.suspend(() => {
      if (this.#isOpen) this.draw()
    })
  }

  /** Ctrl-R. */
  startSearch(): void {
    if (this.history.length > 0) this.#search = new Search(this.history, this.buffer)
  }

  /** False: no search goes on, or the event ends it and is to be handled as always. */
  #searched(event: KeyEvent): boolean {
    const search = this.#search
    if (!search) return false
    const taken = search.take(event)
    if (!taken || search.isOver) this.#search = undefined
    if (search.found !== undefined) this.#recalled = search.found
    return taken
  }

  /** Tab. */
  complete(): void {
    const { buffer } = this
    const { complete } = this.#options
    if (!complete || buffer.beforeCursor.trim() === '') buffer.insert(INDENT)
    else void this.#completeWith(complete)
  }

  async #completeWith(complete: NonNullable<EditOptions['complete']>): Promise<void> {
    const { buffer } = this
    const { text, cursor } = buffer
    const suggestions = await complete(text, cursor).catch(() => [])
    // Whoever typed on meanwhile wants something else.
    if (this.#isOpen && buffer.text === text && buffer.cursor === cursor) this.#suggest(suggestions)
  }

  #suggest(suggestions: string[]): void {
    const { buffer } = this
    const completed = completionOf(buffer.beforeCursor, suggestions)
    if (!completed) return
    const before = buffer.text
    buffer.replace(buffer.cursor - completed.remove, buffer.cursor, completed.insert)
    const changed = buffer.text !== before
    if (completed.choices.length > 0 && !changed) this.#list(completed.choices)
    this.draw()
  }

  #list(choices: string[]): void {
    this.#drawing.leave()
    this.#screen.write(`${choicesText(choices, this.#screen.columns || 80).replaceAll('\n', '\r\n')}\r\n`)
  }
}
