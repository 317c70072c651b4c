/** A terminal that is somewhere else. */
export interface Remote {
  /** Settles with why, when it has ended. */
  readonly ended: Promise<string>
  write(bytes: Buffer): void
  resize(size: ScreenSize): void
  close(): void
}

export interface ScreenSize {
  readonly rows: number
  readonly columns: number
}

/** Where a terminal service is. */
export interface Place {
  readonly host: string
  readonly port: number
}
