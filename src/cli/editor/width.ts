/** How many columns text takes in a terminal. */
import { stripVTControlCharacters } from 'node:util'

const segmenter = new Intl.Segmenter()

/** East Asian wide and fullwidth characters (Unicode's EastAsianWidth.txt, its larger blocks), and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u

const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** What the reader takes for one character, with its columns: 0 for a lone combining mark, 2 for wide ones. */
export interface Grapheme {
  readonly text: string
  readonly columns: number
}

export function graphemes(text: string): Grapheme[] {
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    text: segment,
    columns: columnsOf(segment),
  }))
}

/** The columns of text that may hold colours. */
export function textWidth(text: string): number {
  const plain = stripVTControlCharacters(text)
  return graphemes(plain).reduce((sum, { columns }) => sum + columns, 0)
}

function columnsOf(grapheme: string): number {
  if (WITHOUT_WIDTH.test(grapheme)) return 0
  // U+FE0F asks for the emoji form of a character that is a narrow symbol by itself.
  return WIDE.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1
}

/** Where the line that holds `offset` starts. */
export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line that holds `offset` ends, before its newline. */
export function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline
}

/** The border between two graphemes before `offset`. */
export function previousBorder(text: string, offset: number): number {
  const start = lineStartAt(text, offset)
  if (start === offset) return Math.max(0, offset - 1)
  return offset - (graphemes(text.slice(start, offset)).at(-1)?.text.length ?? 0)
}

/** The border between two graphemes after `offset`. */
export function nextBorder(text: string, offset: number): number {
  const end = lineEndAt(text, offset)
  if (end === offset) return Math.min(text.length, offset + 1)
  return offset + (graphemes(text.slice(offset, end))[0]?.text.length ?? 0)
}

/** The border nearest to `column` columns behind `start`, in the same line. */
export function borderAtColumn(text: string, start: number, column: number): number {
  let offset = start
  let width = 0
  for (const grapheme of graphemes(text.slice(start, lineEndAt(text, start)))) {
    width += grapheme.columns
    if (width > column) break
    offset += grapheme.text.length
  }
  return offset
}
