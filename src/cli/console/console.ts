/** A person's session at a terminal: cells, their output, questions, and a few commands of our own. */
import type { Question } from '../../client/step.ts'
import { messageOf } from '../../errors.ts'
import type { CellSyntax } from '../../runtime/syntax.ts'
import type { Session } from '../attachment.ts'
import { answerEditor } from '../editor/answer.ts'
import { type Edited, Editor } from '../editor/editor.ts'
import { History, historyFile } from '../editor/history.ts'
import { Keyboard } from '../editor/keyboard.ts'
import { goesOn } from '../editor/syntax.ts'
import { INTERRUPTED } from '../leaving.ts'
import { dotCommand } from './commands.ts'
import { completeRequest } from './completing.ts'
import type { Output } from './output.ts'
import type { Terminal } from './terminal.ts'

/** A cell that goes on in spite of so many Ctrl-C is left behind by one more. */
const PATIENCE = 3

export class Console {
  readonly #session: Session
  readonly #syntax: CellSyntax
  readonly keyboard: Keyboard
  readonly #terminal: Terminal
  readonly #output: Output
  readonly #history: History
  readonly #prompt: { prompt: string; continuation: string }
  readonly #left = Promise.withResolvers<number>()
  #editor: Editor | undefined
  #interrupts = 0
  #isOver = false

  constructor(session: Session, syntax: CellSyntax, terminal: Terminal, output: Output) {
    this.#session = session
    this.#syntax = syntax
    this.keyboard = new Keyboard(process.stdin, (text) => terminal.write(text))
    this.#terminal = terminal
    this.#output = output
    const name = session.runtime ?? 'krunner'
    this.#history = new History(historyFile(name))
    this.#prompt = {
      prompt: `${terminal.styled(['bold', 'green'], `${name}>`)} `,
      continuation: `${terminal.styled('green', `${'.'.repeat(3).padStart(name.length + 1)}`)} `,
    }
  }

  /** The exit code of the console. */
  run(): Promise<number> {
    this.#terminal.say(`${this.#session.runtime ?? 'krunner'}: .help for help, Ctrl-D leaves`)
    return Promise.race([this.#cells(), this.#left.promise])
  }

  /** Leaves the screen fit for what comes after us. */
  end(): void {
    this.#isOver = true
    this.#editor?.cancel()
    this.#terminal.freshLine()
  }

  async #cells(): Promise<number> {
    while (!this.#isOver) {
      this.#terminal.freshLine()
      const entry = await this.#edit(this.#cellEditor())
      if (entry.kind === 'end') return 0
      if (entry.kind === 'interrupt' || entry.text.trim() === '') continue
      this.#history.add(entry.text.trimEnd())
      if (entry.text.trim() === '.exit') return 0
      const cell = await dotCommand(entry.text.trim(), this.#session.client, this.#terminal)
      if (cell !== undefined) await this.#runCell(cell)
    }
    return 0
  }

  #cellEditor(): Editor {
    return new Editor(this.keyboard, this.#terminal, {
      ...this.#prompt,
      history: this.#history,
      complete: (text, cursor) => this.#session.client.complete(completeRequest(text, cursor)),
      goesOn: (text) => goesOn(text, this.#syntax),
    })
  }

  async #edit(editor: Editor): Promise<Edited> {
    this.#editor = editor
    try {
      return await this.#terminal.during(editor, () => editor.edit())
    } finally {
      this.#editor = undefined
    }
  }

  async #runCell(source: string): Promise<void> {
    this.#interrupts = 0
    await this.#session.client.run(source, {
      keep: false,
      onQuestion: (question) => this.#answer(question),
    })
  }

  async #answer(question: Question): Promise<string | undefined> {
    const answer = await this.#edit(answerEditor(question, this.keyboard, this.#terminal))
    if (answer.kind === 'text') return answer.text
    if (question.signal.aborted) return undefined
    // The protocol has no end of input.
    if (answer.kind === 'end') this.#terminal.say('[no input: interrupted]')
    this.interrupt()
    return undefined
  }

  /** Ctrl-C, or SIGINT from elsewhere. */
  interrupt(): void {
    if (this.#editor) {
      this.#editor.interrupt()
      return
    }
    this.#interrupts++
    if (this.#interrupts > PATIENCE) this.#left.resolve(INTERRUPTED)
    if (this.#interrupts === PATIENCE) this.#terminal.say('[it goes on; Ctrl-C once more leaves the console]')
    this.#output.interrupted()
    this.#session.client.interrupt().catch((error) => this.#terminal.say(messageOf(error)))
  }
}
