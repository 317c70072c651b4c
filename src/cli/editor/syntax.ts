/** Whether a cell goes on in the next line: what can be told without the language itself. */
import type { CellSyntax } from '../../runtime/syntax.ts'

/** For a language that we know nothing of. A single quote may be a prime, a lifetime or a transposition there. */
export const ANY_LANGUAGE: CellSyntax = {
  comments: [],
  quotes: [],
  spans: [
    ['"""', '"""'],
    ["'''", "'''"],
    ['"', '"'],
  ],
  goesOn: /[:\\]$/,
}

/** An empty line ends an indented block, two of them end everything. */
export function goesOn(text: string, syntax: CellSyntax): boolean {
  if (/\n[ \t]*\n[ \t]*$/.test(text)) return false
  const end = scan(text, syntax)
  if (end.span !== undefined || end.depth > 0) return true
  if (/\n[ \t]*$/.test(text)) return false
  const line = end.logicalLine.trimEnd()
  return syntax.goesOn.test(line) || (text.includes('\n') && /^[ \t]/.test(line))
}

interface Scan {
  /** Brackets that are open. */
  depth: number
  /** What closes the quote or comment that is open. */
  span: string | undefined
  /** The last line at whose start nothing was open, and what follows it, without comments. */
  logicalLine: string
}

const OPENING = '([{'
const CLOSING = ')]}'

function scan(text: string, syntax: CellSyntax): Scan {
  const state: Scan = { depth: 0, span: undefined, logicalLine: '' }
  let offset = 0
  while (offset < text.length) offset = step(text, offset, state, syntax)
  return state
}

/** Reads what stands at `offset`, and returns where the next thing starts. */
function step(text: string, offset: number, state: Scan, syntax: CellSyntax): number {
  const at = (token: string) => text.startsWith(token, offset)
  const char = text.charAt(offset)
  if (state.span !== undefined) return inSpan(text, offset, state)
  if (char === '\n') {
    state.logicalLine = state.depth > 0 ? `${state.logicalLine} ` : ''
    return offset + 1
  }
  if (syntax.comments.some(at)) return lineEnd(text, offset)
  const span = syntax.spans.find(([open]) => at(open))
  if (span) {
    state.span = span[1]
    state.logicalLine += char
    return offset + span[0].length
  }
  state.logicalLine += char
  if (syntax.quotes.includes(char)) return afterQuote(text, offset + 1, char)
  if (OPENING.includes(char)) state.depth++
  else if (CLOSING.includes(char)) state.depth = Math.max(0, state.depth - 1)
  return offset + 1
}

function inSpan(text: string, offset: number, state: Scan): number {
  const close = state.span ?? ''
  if (text.charAt(offset) === '\\') return offset + 2
  if (!text.startsWith(close, offset)) return offset + 1
  state.span = undefined
  return offset + close.length
}

function afterQuote(text: string, start: number, quote: string): number {
  let offset = start
  while (offset < text.length && text.charAt(offset) !== '\n') {
    if (text.charAt(offset) === quote) return offset + 1
    offset += text.charAt(offset) === '\\' ? 2 : 1
  }
  return offset
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline
}
