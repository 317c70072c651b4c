/** The person's answer to a question whose prompt stands on the screen already. */
import { stripVTControlCharacters } from 'node:util'
import type { Question } from '../../client/step.ts'
import type { Screen } from './drawing.ts'
import { Editor } from './editor.ts'
import type { Keyboard } from './keyboard.ts'
import { graphemes, textWidth } from './width.ts'

/** Ends by itself when the question is over. */
export function answerEditor(question: Question, keyboard: Keyboard, screen: Screen): Editor {
  const prompt = lastRow(question.prompt, screen.columns || 80)
  const editor = new Editor(keyboard, screen, { prompt, hidden: question.isPassword })
  question.signal.addEventListener('abort', () => editor.cancel(), { once: true })
  return editor
}

/** The part of a prompt that stands on the cursor's row. */
function lastRow(prompt: string, columns: number): string {
  const line = prompt.slice(prompt.lastIndexOf('\r') + 1)
  if (textWidth(line) < columns) return line
  let row = ''
  let width = 0
  for (const grapheme of graphemes(stripVTControlCharacters(line))) {
    if (width + grapheme.columns > columns) {
      row = ''
      width = 0
    }
    row += grapheme.text
    width += grapheme.columns
  }
  return row
}
