/** Where each character of the edited text stands on the screen. */
import { INDENT } from './buffer.ts'
import { type Grapheme, graphemes, textWidth } from './width.ts'

const CONTROL = /\p{Cc}/u

export interface Layout {
  /** One string a row of the screen, none wider than the screen. */
  rows: string[]
  /** Both from 0. */
  cursorRow: number
  cursorColumn: number
}

export interface Written {
  /** Stands before the first line; may hold colours. */
  prompt: string
  /** Stands before every other line; may hold colours. */
  continuation: string
  text: string
  /** An offset in `text`. */
  cursor: number
}

/** Breaks the lines at the screen's edge ourselves, so that we know where the cursor stands. */
export function layOut(written: Written, columns: number): Layout {
  const layout: Layout = { rows: [], cursorRow: 0, cursorColumn: 0 }
  let offset = 0
  for (const [index, line] of written.text.split('\n').entries()) {
    placeLine(
      layout,
      index === 0 ? written.prompt : written.continuation,
      line,
      written.cursor - offset,
      columns,
    )
    offset += line.length + 1
  }
  return layout
}

/** `cursor` is an offset in `line`; one that is outside is on another line. */
function placeLine(layout: Layout, prompt: string, line: string, cursor: number, columns: number): void {
  let row = prompt
  let width = textWidth(prompt)
  const breakAt = (needed: number) => {
    if (width + needed <= columns) return
    layout.rows.push(row)
    row = ''
    width = 0
  }
  const markCursor = () => {
    layout.cursorRow = layout.rows.length
    layout.cursorColumn = width
  }
  let offset = 0
  for (const grapheme of graphemes(line)) {
    const shown = visible(grapheme)
    breakAt(shown.columns)
    if (offset === cursor) markCursor()
    row += shown.text
    width += shown.columns
    offset += grapheme.text.length
  }
  if (offset === cursor) {
    // A cursor behind a full row stands at the start of the next.
    breakAt(1)
    markCursor()
  }
  layout.rows.push(row)
}

/** In place of what would move the cursor by itself. */
function visible(grapheme: Grapheme): Grapheme {
  if (grapheme.text === '\t') return { text: INDENT, columns: INDENT.length }
  return CONTROL.test(grapheme.text) ? { text: '·', columns: 1 } : grapheme
}

/** The rows around the cursor that a screen of this height can show. */
export function viewport(layout: Layout, height: number): Layout {
  if (layout.rows.length <= height) return layout
  const first = Math.min(Math.max(0, layout.cursorRow - height + 1), layout.rows.length - height)
  return {
    rows: layout.rows.slice(first, first + height),
    cursorRow: layout.cursorRow - first,
    cursorColumn: layout.cursorColumn,
  }
}
