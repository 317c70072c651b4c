/** Where and with what services run. */
export interface Surroundings {
  /** What user code has. */
  readonly env: Readonly<Record<string, string>>
  readonly work: string
  /** A folder that lives as long as the session. */
  readonly scratch: string
  readonly log: ServiceLog
}

export interface ServiceLog {
  debug(message: string): void
  info(message: string): void
  /** Also reaches the agent. */
  warn(message: string): void
}
