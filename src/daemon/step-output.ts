import type { ChunkSink } from '../process/pump.ts'
import type { Result, StreamName } from '../protocol/results.ts'
import type { Outbox } from './outbox.ts'

/** Late output that is kept for the next step, in bytes; of more, the oldest goes. */
const LATE_LIMIT = 1024 * 1024

/**
 * Where output goes. While a step runs: to the agent. Between steps nothing may be sent (it would come
 * after `finished`), so what background processes and threads print then is kept, the last mebibyte of
 * it, and opens the output of the next step. It is always read: nobody blocks on a full pipe.
 */
export class StepOutput {
  private readonly outbox: Outbox
  private running = false
  private late: { stream: StreamName; chunk: Buffer }[] = []
  private lateBytes = 0
  private dropped = 0

  constructor(outbox: Outbox) {
    this.outbox = outbox
  }

  sink(stream: StreamName): ChunkSink {
    return (chunk) => this.write(stream, chunk)
  }

  write(stream: StreamName, chunk: Buffer): void {
    if (this.running) this.outbox.stream(stream, chunk)
    else this.keep(stream, chunk)
  }

  /** A line of our own in the step's stderr. */
  note(text: string): void {
    this.write('stderr', Buffer.from(`krunner: ${text}\n`))
  }

  /** A picture or a page. One that comes between steps is dropped, and the next step says so. */
  show(result: Result): void {
    if (this.running) this.outbox.send(result)
    else this.note(`a display (${result.type}) came between two steps and was dropped`)
  }

  begin(): void {
    this.running = true
    if (this.dropped > 0) this.note(`${this.dropped} bytes of earlier background output were dropped`)
    for (const { stream, chunk } of this.late) this.outbox.stream(stream, chunk)
    this.late = []
    this.lateBytes = 0
    this.dropped = 0
  }

  end(): void {
    this.running = false
  }

  private keep(stream: StreamName, chunk: Buffer): void {
    this.late.push({ stream, chunk: Buffer.from(chunk) })
    this.lateBytes += chunk.length
    while (this.lateBytes > LATE_LIMIT) this.forgetOldest()
  }

  private forgetOldest(): void {
    const oldest = this.late[0]
    if (!oldest) return
    const excess = Math.min(oldest.chunk.length, this.lateBytes - LATE_LIMIT)
    oldest.chunk = oldest.chunk.subarray(excess)
    if (oldest.chunk.length === 0) this.late.shift()
    this.lateBytes -= excess
    this.dropped += excess
  }
}
