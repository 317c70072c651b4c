/** Who answers when a script's code asks: the person at the terminal, or the lines of standard input. */
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ReadStream, WriteStream } from 'node:tty'
import type { Question } from '../../client/step.ts'
import { answerEditor } from '../editor/answer.ts'
import type { Edited } from '../editor/editor.ts'
import { Keyboard } from '../editor/keyboard.ts'

/** Calls `ready` once the prompt may be seen: what is typed from then on is taken. */
export type Answers = (question: Question, ready: () => void) => Promise<Edited>

const NO_ANSWER: Edited = { kind: 'end' }

/** `stdinIsCode`: standard input holds the code, so it can't hold answers. */
export function answersFor(stdinIsCode: boolean): Answers {
  return process.stdin.isTTY || stdinIsCode ? terminalAnswers() : inputAnswers()
}

/** Opens the terminal when the first question comes, and takes it only while one is open. */
function terminalAnswers(): Answers {
  let terminal: { input: ReadStream; output: WriteStream } | undefined
  return async (question, ready) => {
    terminal ??= openTerminal()
    if (!terminal) {
      ready()
      return NO_ANSWER
    }
    const { input, output } = terminal
    const keyboard = new Keyboard(input, (text) => output.write(text))
    const editor = answerEditor(question, keyboard, output)
    keyboard.onEnd = () => editor.cancel()
    keyboard.open()
    ready()
    try {
      return await editor.edit()
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
  return async (_, ready) => {
    ready()
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
    const { done, value } = await lines.next()
    return done ? NO_ANSWER : { kind: 'text', text: value }
  }
}
