const NOTHING = Buffer.alloc(0)

/** Bytes that arrive in chunks and are wanted in records; nothing is copied twice. */
export class ByteReader {
  private chunks: Buffer[] = []
  private size = 0

  get length(): number {
    return this.size
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.chunks.push(chunk)
    this.size += chunk.length
  }

  /** The first `count` bytes, left in place; undefined while there are fewer. */
  peek(count: number): Buffer | undefined {
    if (this.size < count) return undefined
    const first = this.chunks[0] ?? NOTHING
    if (first.length >= count) return first.subarray(0, count)
    const head = Buffer.allocUnsafe(count)
    let filled = 0
    for (const chunk of this.chunks) {
      filled += chunk.copy(head, filled)
      if (filled === count) break
    }
    return head
  }

  /** The first `count` bytes, removed; there must be as many. */
  take(count: number): Buffer {
    const first = this.chunks[0]
    this.size -= count
    if (!first) return NOTHING
    if (first.length > count) {
      this.chunks[0] = first.subarray(count)
      return first.subarray(0, count)
    }
    if (first.length === count) {
      this.chunks.shift()
      return first
    }
    return this.gather(count)
  }

  private gather(count: number): Buffer {
    const parts: Buffer[] = []
    for (let missing = count; missing > 0; ) {
      const chunk = this.chunks.shift() as Buffer
      const part = chunk.subarray(0, missing)
      if (chunk.length > missing) this.chunks.unshift(chunk.subarray(missing))
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts, count)
  }
}
