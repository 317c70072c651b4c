/** The edited text on the screen: drawn, drawn again over itself, wiped. */
import { type Layout, layOut, viewport, type Written } from './layout.ts'
import { textWidth } from './width.ts'

/** What we need of a terminal's output. */
export interface Screen {
  readonly columns: number
  readonly rows: number
  write(text: string): unknown
}

const CLEAR_DOWN = '\x1b[J'

export class Drawing {
  readonly #screen: Screen
  /** What stands on the screen now, the cursor where it says. */
  #drawn: Layout | undefined

  constructor(screen: Screen) {
    this.#screen = screen
  }

  draw(written: Written): void {
    const layout = viewport(layOut(written, this.#columns), this.#screen.rows || 24)
    const back = toPlace(layout.rows.length - 1 - layout.cursorRow, layout.cursorColumn)
    this.#screen.write(this.#toStart() + layout.rows.join('\r\n') + back)
    this.#drawn = layout
  }

  /** Leaves the text where it stands, and goes to a new line below it. */
  leave(): void {
    if (!this.#drawn) return
    const below = this.#drawn.rows.length - 1 - this.#drawn.cursorRow
    this.#screen.write(`${below > 0 ? `\x1b[${below}B` : ''}\r\n`)
    this.#drawn = undefined
  }

  /** Takes the text off the screen: the cursor stands where its first row began. */
  wipe(): void {
    this.#screen.write(this.#toStart())
    this.#drawn = undefined
  }

  /** Wipes the whole screen; the next `draw` starts at its top. */
  clearScreen(): void {
    this.#screen.write('\x1b[H\x1b[2J')
    this.#drawn = undefined
  }

  /** A terminal whose size nobody knows says 0. */
  get #columns(): number {
    return this.#screen.columns || 80
  }

  #toStart(): string {
    const up = this.#drawn ? rowsAbove(this.#drawn, this.#columns) : 0
    return `${up > 0 ? `\x1b[${up}A` : ''}\r${CLEAR_DOWN}`
  }
}

/** A terminal that became narrower has broken the rows anew. */
function rowsAbove({ rows, cursorRow, cursorColumn }: Layout, columns: number): number {
  const above = rows.slice(0, cursorRow).map((row) => Math.max(1, Math.ceil(textWidth(row) / columns)))
  return above.reduce((sum, count) => sum + count, 0) + Math.floor(cursorColumn / columns)
}

/** From the end of the last row: up, and to a column. */
function toPlace(up: number, column: number): string {
  return `${up > 0 ? `\x1b[${up}A` : ''}\r${column > 0 ? `\x1b[${column}C` : ''}`
}
