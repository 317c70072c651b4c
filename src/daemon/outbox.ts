import type { Result, StreamName } from '../protocol/results.ts'
import type { Outgoing } from '../zmtp/push-peer.ts'
import type { Backlog } from './backlog.ts'
import { messageOfResult, StreamMessage } from './message.ts'

/** No message of output is larger, in bytes. */
export const FRAME_LIMIT = 1024 * 1024
/** A message of this size does not wait for more, in bytes. */
const FRAME_ENOUGH = 256 * 1024
/** Output that follows other output this closely (ms) is gathered; a lone line is not held at all. */
const GATHER_WINDOW = 2

/** What the outbox writes to: one reader, one message at a time. */
export interface Sender {
  readonly ready: boolean
  send(message: Outgoing): void
}

/**
 * The only writer of the results socket. Results leave in the order in which they are given, but for
 * `sendNow`. Output of a stream is gathered into messages of a useful size.
 */
export class Outbox {
  private readonly sender: Sender
  private readonly backlog: Backlog
  private readonly urgent: Outgoing[] = []
  /** Messages that may still grow: at the end of the backlog, one for each stream. */
  private growing: StreamMessage[] = []
  private gathering: NodeJS.Timeout | undefined
  private lastRelease = 0

  constructor(sender: Sender, backlog: Backlog) {
    this.sender = sender
    this.backlog = backlog
  }

  get isEmpty(): boolean {
    return this.urgent.length === 0 && this.backlog.isEmpty
  }

  /** Output of user code, any number of bytes. The chunk is ours from now on. */
  stream(stream: StreamName, chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += FRAME_LIMIT)
      this.gather(stream, chunk.subarray(at, at + FRAME_LIMIT))
    if (this.gathering) return
    if (performance.now() - this.lastRelease >= GATHER_WINDOW) this.release()
    else this.gathering = setTimeout(() => this.release(), GATHER_WINDOW)
  }

  /** In order: after all that was given before. */
  send(result: Result): void {
    this.growing = []
    this.backlog.push(messageOfResult(result))
    this.release()
  }

  /** Before all that waits: for answers that belong to no step. */
  sendNow(result: Result): void {
    this.urgent.push(messageOfResult(result))
    this.pump()
  }

  /** The sender is ready, or the backlog has messages again. */
  pump(): void {
    while (this.sender.ready) {
      const message = this.urgent.shift() ?? this.next()
      if (!message) return
      this.sender.send(message)
    }
  }

  /** Messages that the sender took and could not deliver, oldest first. */
  takeBack(messages: readonly Outgoing[]): void {
    this.backlog.unshift(messages)
    this.pump()
  }

  /** The backlog has written its newest messages to disk: they must not grow. */
  freeze(): void {
    this.growing = []
  }

  close(): void {
    clearTimeout(this.gathering)
    this.backlog.close()
  }

  /** What can't be sent yet goes on growing, also without a reader. */
  private next(): Outgoing | undefined {
    const message = this.backlog.peek()
    if (!message) return undefined
    if (this.gathering && this.isGrowing(message)) return undefined
    this.growing = this.growing.filter((candidate) => candidate !== message)
    this.backlog.shift()
    return message
  }

  private isGrowing(message: Outgoing): boolean {
    return this.growing.some((candidate) => candidate === message)
  }

  private gather(stream: StreamName, chunk: Buffer): void {
    let message = this.growing.find((candidate) => candidate.stream === stream)
    if (message && message.size + chunk.length <= FRAME_LIMIT) {
      message.add(chunk)
      this.backlog.grew(message, chunk.length)
    } else {
      this.settle(stream)
      message = new StreamMessage(stream)
      message.add(chunk)
      this.growing.push(message)
      this.backlog.push(message)
    }
    if (message.size >= FRAME_ENOUGH) this.settle(stream)
  }

  /** The message of this stream grows no more; it may go. */
  private settle(stream: StreamName): void {
    this.growing = this.growing.filter((message) => message.stream !== stream)
    this.pump()
  }

  private release(): void {
    clearTimeout(this.gathering)
    this.gathering = undefined
    this.lastRelease = performance.now()
    this.pump()
  }
}
