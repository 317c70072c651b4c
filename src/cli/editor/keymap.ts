/** What each key does, as in the line editors that everybody's fingers know. */
import type { TextBuffer } from './buffer.ts'

/** What a key can ask of the editor, beyond a change of its text. */
export interface EditorActions {
  enter(): void
  newline(): void
  complete(): void
  up(): void
  down(): void
  previousEntry(): void
  nextEntry(): void
  endOrDelete(): void
  interrupt(): void
  clearScreen(): void
  startSearch(): void
  suspend(): void
}

export const EDITOR_KEYS: Readonly<Record<string, keyof EditorActions>> = {
  return: 'enter',
  'M-return': 'newline',
  'C-o': 'newline',
  tab: 'complete',
  up: 'up',
  'C-p': 'up',
  down: 'down',
  'C-n': 'down',
  pageup: 'previousEntry',
  pagedown: 'nextEntry',
  'C-d': 'endOrDelete',
  'C-c': 'interrupt',
  'C-l': 'clearScreen',
  'C-r': 'startSearch',
  'C-z': 'suspend',
}

type Change = (buffer: TextBuffer) => void

const left: Change = (buffer) => buffer.left()
const right: Change = (buffer) => buffer.right()
const wordLeft: Change = (buffer) => buffer.wordLeft()
const wordRight: Change = (buffer) => buffer.wordRight()
const lineStart: Change = (buffer) => buffer.moveTo(buffer.lineStart)
const lineEnd: Change = (buffer) => buffer.moveTo(buffer.lineEnd)
const backspace: Change = (buffer) => buffer.backspace()
const killWordLeft: Change = (buffer) => buffer.killWordLeft()

export const TEXT_KEYS: Readonly<Record<string, Change>> = {
  left,
  'C-b': left,
  right,
  'C-f': right,
  'C-left': wordLeft,
  'M-left': wordLeft,
  'M-b': wordLeft,
  'C-right': wordRight,
  'M-right': wordRight,
  'M-f': wordRight,
  home: lineStart,
  'C-a': lineStart,
  end: lineEnd,
  'C-e': lineEnd,
  'C-home': (buffer) => buffer.moveTo(0),
  'C-end': (buffer) => buffer.moveTo(buffer.text.length),
  backspace,
  'S-backspace': backspace,
  'C-h': backspace,
  delete: (buffer) => buffer.deleteForward(),
  'S-tab': (buffer) => buffer.dedent(),
  'C-k': (buffer) => buffer.killToLineEnd(),
  'C-u': (buffer) => buffer.killToLineStart(),
  'C-w': killWordLeft,
  'M-backspace': killWordLeft,
  'M-d': (buffer) => buffer.killWordRight(),
  'C-y': (buffer) => buffer.yank(),
}
