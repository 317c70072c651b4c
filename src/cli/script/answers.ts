/** Who answers when a script's code asks: the person at the terminal, or the lines of standard input. */
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ReadStream, WriteStream } from 'node:tty'
import type { Question } from '../../client/step.ts'
import { answerEditor } from '../editor/answer.ts'
import { Keyboard } from '../editor/keyboard.ts'

/** Undefined: there is no answer, and there will be none. */
export type Answers = (question: Question) => Promise<string | undefined>

/** `stdinIsCode`: standard input holds the code, so it can't hold answers. */
export function answersFor(stdinIsCode: boolean): Answers {
  return process.stdin.isTTY || stdinIsCode ? terminalAnswers() : inputAnswers()
}

/** Opens the terminal when the first question comes, and takes it only while one is open. */
function terminalAnswers(): Answers {
  let terminal: { input: ReadStream; output: WriteStream } | undefined
  return async (question) => {
    terminal ??= openTerminal()
    if (!terminal) return undefined
    const { input, output } = terminal
    const keyboard = new Keyboard(input, (text) => output.write(text))
    const editor = answerEditor(question, keyboard, output)
    keyboard.onEnd = () => editor.cancel()
    keyboard.open()
    try {
      const answer = await editor.edit()
      return answer.kind === 'text' ? answer.text : undefined
    } finally {
      keyboard.close()
    }
  }
}

function openTerminal() {
  try {
    return {
      input: new ReadStream(openSync('/dev/tty', 'r')),
      output: new WriteStream(openSync('/dev/tty', 'w')),
    }
  } catch {
    return undefined
  }
}

function inputAnswers(): Answers {
  let lines: AsyncIterator<string> | undefined
  return async () => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
    const { done, value } = await lines.next()
    return done ? undefined : value
  }
}
