/** What of a language shows that a cell goes on in the next line, for who types one in a console. */
export interface CellSyntax {
  /** What starts a comment to the end of its line. */
  readonly comments: readonly string[]
  /** Quotes that end with their line at the latest. */
  readonly quotes: readonly string[]
  /** Quotes and comments that go on over lines: what opens and what closes them, the longest first. */
  readonly spans: readonly (readonly [open: string, close: string])[]
  /** The end of a line that the next one goes on. */
  readonly goesOn: RegExp
}
