import { messageOf } from '../errors.ts'
import type { Outgoing } from '../zmtp/push-peer.ts'
import type { Spool } from './spool.ts'

/** Bytes that wait in memory for the agent before what follows goes to disk. */
const HEAD_LIMIT = 8 * 1024 * 1024
/** Below this the head is filled again. */
const REFILL_BELOW = 4 * 1024 * 1024
/** What moves between memory and disk at a time. */
const BLOCK_BYTES = 2 * 1024 * 1024
/** Bytes that may wait to be written to disk before the sources are slowed down. */
const TAIL_LIMIT = 8 * 1024 * 1024
/** A disk that refused is asked again after this, ms. */
const RETRY_AFTER = 1000

export interface BacklogEvents {
  /** Messages have come to the head without being asked for. */
  onRefill(): void
  /** The newest messages are being written: they must not grow any more. */
  onFreeze(): void
  /** True: too much waits, read no more output. False: go on. */
  onPressure(high: boolean): void
  /** The spool refuses; said once until it takes again. */
  onRefusal(why: string): void
}

/**
 * Messages that wait for the agent, in order: a head in memory, the middle on disk, a tail in memory
 * on its way there. Holds at most about 24 MiB in memory.
 */
export class Backlog {
  private readonly spool: Spool
  private readonly events: BacklogEvents
  private head: Outgoing[] = []
  private headBytes = 0
  private tail: Outgoing[] = []
  private tailBytes = 0
  private moving = false
  private refused = false
  private retry: NodeJS.Timeout | undefined

  constructor(spool: Spool, events: BacklogEvents) {
    this.spool = spool
    this.events = events
  }

  get isEmpty(): boolean {
    return this.head.length === 0 && this.tail.length === 0 && this.spool.isEmpty && !this.moving
  }

  /** The oldest message, left in place. */
  peek(): Outgoing | undefined {
    return this.head[0]
  }

  /** Removes the oldest message. */
  shift(): void {
    const message = this.head.shift()
    this.headBytes -= message?.size ?? 0
    if (this.headBytes < REFILL_BELOW) this.move()
  }

  /** Messages that had been taken and were not sent after all, oldest first. */
  unshift(messages: readonly Outgoing[]): void {
    this.head.unshift(...messages)
    this.headBytes += bytesOf(messages)
  }

  push(message: Outgoing): void {
    const goesToDisk =
      this.tail.length > 0 || this.moving || !this.spool.isEmpty || this.headBytes > HEAD_LIMIT
    if (goesToDisk) this.tail.push(message)
    else this.head.push(message)
    this.grew(message, message.size)
  }

  /** One of the two newest messages has grown by that many bytes. */
  grew(message: Outgoing, bytes: number): void {
    if (this.tail.at(-1) === message || this.tail.at(-2) === message) {
      this.tailBytes += bytes
      if (this.tailBytes >= BLOCK_BYTES) this.move()
      if (this.tailBytes > TAIL_LIMIT) this.events.onPressure(true)
    } else {
      this.headBytes += bytes
    }
  }

  close(): void {
    clearTimeout(this.retry)
    this.spool.close()
  }

  /** Moves blocks until head and tail are as they should be; one move at a time. */
  private async move(): Promise<void> {
    if (this.moving) return
    this.moving = true
    for (let next = this.nextMove(); next; next = this.nextMove()) {
      await next()
      if (this.tailBytes < TAIL_LIMIT / 2) this.events.onPressure(false)
    }
    this.moving = false
  }

  private nextMove(): (() => Promise<void>) | undefined {
    if (this.headBytes < REFILL_BELOW) {
      if (!this.spool.isEmpty) return () => this.refill()
      this.takeTailToHead()
      return undefined
    }
    return this.tailBytes >= BLOCK_BYTES && !this.retry ? () => this.spill() : undefined
  }

  private async refill(): Promise<void> {
    const messages = await this.spool.take(BLOCK_BYTES)
    this.head.push(...messages)
    this.headBytes += bytesOf(messages)
    this.clearRetry()
    this.events.onRefill()
  }

  /** Nothing is on disk: what follows the head is in memory. */
  private takeTailToHead(): void {
    if (this.tail.length === 0) return
    this.head.push(...this.tail)
    this.headBytes += this.tailBytes
    this.tail = []
    this.tailBytes = 0
    this.refused = false
    this.clearRetry()
    this.events.onPressure(false)
    // Later: who takes a message from the head at this moment has not sent it yet.
    queueMicrotask(this.events.onRefill)
  }

  private async spill(): Promise<void> {
    this.events.onFreeze()
    const messages = this.tail
    this.tail = []
    this.tailBytes = 0
    try {
      await this.spool.append(messages)
      for (const message of messages) message.release?.()
      this.refused = false
    } catch (error) {
      this.tail.unshift(...messages)
      this.tailBytes += bytesOf(messages)
      this.refuse(messageOf(error))
    }
  }

  private refuse(why: string): void {
    this.retry = setTimeout(() => {
      this.retry = undefined
      this.move()
    }, RETRY_AFTER)
    if (this.refused) return
    this.refused = true
    this.events.onRefusal(why)
  }

  /** Room was made: the disk may take again at once. */
  private clearRetry(): void {
    clearTimeout(this.retry)
    this.retry = undefined
  }
}

function bytesOf(messages: readonly Outgoing[]): number {
  return messages.reduce((sum, message) => sum + message.size, 0)
}
