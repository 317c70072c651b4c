/** What a terminal has shown of late, for who comes later. Bytes. */
const LIMIT = 1024 * 1024
const NEWLINE = 0x0a

export class Scrollback {
  private chunks: Buffer[] = []
  private bytes = 0
  private isCut = false

  add(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.bytes += chunk.length
    while (this.bytes - (this.chunks[0]?.length ?? 0) >= LIMIT) {
      this.bytes -= this.chunks.shift()?.length ?? 0
      this.isCut = true
    }
  }

  /** From the start of a line, where the first ones are gone: no character and no escape sequence is halved. */
  get content(): Buffer {
    const all = Buffer.concat(this.chunks)
    this.chunks = [all]
    return this.isCut ? all.subarray(all.indexOf(NEWLINE) + 1) : all
  }
}
