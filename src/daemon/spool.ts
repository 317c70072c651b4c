import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Outgoing } from '../zmtp/push-peer.ts'
import { SpoolSegment } from './spool-segment.ts'

/** A segment is given back to the disk when all of it was read. */
const SEGMENT_BYTES = 16 * 1024 * 1024

/** Messages that wait on disk, first in, first out, up to a limit. */
export class Spool {
  readonly limit: number
  private readonly folder: string
  private readonly segments: SpoolSegment[] = []
  private opened = 0

  /** `limit` in bytes; 0: nothing is ever written. */
  constructor(folder: string, limit: number) {
    this.folder = folder
    this.limit = limit
  }

  get isEmpty(): boolean {
    return this.segments.every((segment) => segment.isRead)
  }

  /** Bytes on disk. */
  get size(): number {
    return this.segments.reduce((sum, segment) => sum + segment.written, 0)
  }

  /** Appends all or none. Throws where the limit or the disk refuses. */
  async append(messages: readonly Outgoing[]): Promise<void> {
    const added = messages.reduce((sum, message) => sum + message.size, 0)
    if (this.size + added > this.limit) throw new Error(`its limit of ${this.limit} bytes is reached`)
    try {
      await this.lastSegment().append(messages)
    } finally {
      // A segment that the disk refused has nothing to be read: what it took of the disk is given back.
      this.firstUnread()
    }
  }

  /** The oldest messages, `bytes` of them or a little more; fewer where the spool ends. */
  async take(bytes: number): Promise<Outgoing[]> {
    const messages: Outgoing[] = []
    for (let taken = 0; taken < bytes; ) {
      const segment = this.firstUnread()
      if (!segment) break
      const message = await segment.next()
      taken += message.size
      messages.push(message)
    }
    this.firstUnread()
    return messages
  }

  close(): void {
    for (const segment of this.segments.splice(0)) segment.close()
  }

  private lastSegment(): SpoolSegment {
    const last = this.segments.at(-1)
    if (last && last.written < SEGMENT_BYTES) return last
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const segment = new SpoolSegment(join(this.folder, `krunner-${process.pid}-${this.opened++}.spool`))
    this.segments.push(segment)
    return segment
  }

  /** Drops the segments that were read to their end. */
  private firstUnread(): SpoolSegment | undefined {
    while (this.segments[0]?.isRead) this.segments.shift()?.close()
    return this.segments[0]
  }
}
