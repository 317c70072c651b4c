interface Source {
  drain(): void
  pause(): void
  resume(): void
}

/** The sources of output, together: while the gate is closed, none of them reads. */
export class Gate {
  private readonly sources = new Set<Source>()
  private closed = false

  add(source: Source): void {
    this.sources.add(source)
    if (this.closed) source.pause()
  }

  remove(source: Source): void {
    this.sources.delete(source)
  }

  /** Delivers all that was written by now. */
  drain(): void {
    for (const source of this.sources) source.drain()
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    for (const source of this.sources) source.pause()
  }

  open(): void {
    if (!this.closed) return
    this.closed = false
    for (const source of this.sources) source.resume()
  }
}
