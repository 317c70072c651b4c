import { closeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { native } from '../process/native.ts'
import { frameHeader } from './frames.ts'

/** A message of two frames; the chunks together are the payload. */
export interface Outgoing {
  readonly type: Buffer
  readonly chunks: readonly Uint8Array[]
  /** Bytes of the payload. */
  readonly size: number
  /** Called when nobody needs the chunks any more, so that their memory can be used again. */
  readonly release?: () => void
}

/** What the kernel may hold for a peer that does not read, in bytes; it takes twice of it. */
const SEND_BUFFER_BYTES = 512 * 1024

interface Sent {
  readonly message: Outgoing
  /** Where the message ends in the stream of this connection, in bytes. */
  readonly end: number
}

/**
 * The sending side of one connection. A message counts as sent when the peer's kernel has
 * acknowledged its last byte; what is not, is given back when the connection ends.
 */
export class PushPeer {
  readonly socket: Socket
  /** A second descriptor: Node closes its own before we could ask how much was acknowledged. */
  private probe = -1
  private sent: Sent[] = []
  private writing: Outgoing | undefined

  constructor(socket: Socket) {
    this.socket = socket
    native.setSendBuffer(descriptorOf(socket), SEND_BUFFER_BYTES)
  }

  /** Call once, before it is written to; `finish` undoes it. Who breaks the protocol before costs nothing. */
  begin(): void {
    this.probe = native.duplicate(descriptorOf(this.socket))
  }

  get isWriting(): boolean {
    return this.writing !== undefined
  }

  /** Writes one message; `then` is called when the kernel has taken all of it. One at a time. */
  write(message: Outgoing, then: () => void): void {
    this.writing = message
    this.socket.cork()
    this.socket.write(
      Buffer.concat([
        frameHeader(message.type.length, { more: true }),
        message.type,
        frameHeader(message.size),
      ]),
    )
    for (const chunk of message.chunks.slice(0, -1)) this.socket.write(chunk)
    this.socket.write(message.chunks.at(-1) ?? '', (error) => {
      if (error) return
      this.writing = undefined
      this.sent.push({ message, end: this.socket.bytesWritten })
      then()
    })
    this.socket.uncork()
  }

  /** True where everything that was written has been acknowledged. */
  isSettled(): boolean {
    this.forgetAcknowledged()
    return !this.writing && this.sent.length === 0
  }

  forgetAcknowledged(): void {
    if (this.sent.length === 0) return
    const acknowledged = native.bytesAcknowledged(this.probe)
    const kept = this.sent.findIndex(({ end }) => end > acknowledged)
    const arrived = this.sent.splice(0, kept < 0 ? this.sent.length : kept)
    for (const { message } of arrived) message.release?.()
  }

  /** Call once, when the connection has ended: what was not sent, oldest first. */
  finish(): Outgoing[] {
    this.forgetAcknowledged()
    closeSync(this.probe)
    const unsent = this.sent.map(({ message }) => message)
    if (this.writing) unsent.push(this.writing)
    return unsent
  }
}

function descriptorOf(socket: Socket): number {
  return (socket as unknown as { _handle: { fd: number } })._handle.fd
}
