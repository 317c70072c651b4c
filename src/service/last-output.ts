/** Enough for a traceback, bytes and lines. */
const BYTES = 8 * 1024
const LINES = 20

/** The end of what a process printed, on either stream. */
export class LastOutput {
  private kept = Buffer.alloc(0)

  add(chunk: Buffer): void {
    this.kept = Buffer.concat([this.kept, chunk.subarray(-BYTES)]).subarray(-BYTES)
  }

  /** The last lines; empty where nothing was printed. */
  get text(): string {
    return this.kept.toString().trimEnd().split('\n').slice(-LINES).join('\n')
  }
}
