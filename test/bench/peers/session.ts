/** A cell's end, seen from its client. */
export interface CellTime {
  /** From sending it until it had finished and all of its output was there. */
  milliseconds: number
  /** Of its output. */
  bytes: number
}

/** A started language session, whoever keeps it. */
export interface Session {
  /** When the start of the language began, on the clock of `performance`. */
  readonly languageStart: number
  /** The process that everything else of it is below. */
  readonly pid: number
  /** From its start until it answered a request, ms. */
  readonly readyAfter: number
  /** `result`: what the cell shows; a REPL's end of it is known by that. */
  run(cell: string, result?: string): Promise<CellTime>
  /** The processes that are the language's. */
  languagePids(): number[]
  stop(): Promise<void>
}
