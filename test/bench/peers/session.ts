/** A cell's end, seen from its client. */
export interface CellTime {
  /** From sending it until it had finished and all of its output was there. */
  milliseconds: number
  /** Of its output. */
  bytes: number
}

/** A started language session, whoever keeps it. */
export interface Session {
  /** The process that everything else of it is below. */
  readonly pid: number
  /** From its start until it answered a request, ms. */
  readonly readyAfter: number
  run(cell: string): Promise<CellTime>
  stop(): Promise<void>
}
