import type { Socket } from 'node:net'
import { KrunnerError, messageOf } from '../errors.ts'
import { ByteReader } from '../protocol/byte-reader.ts'
import { readFrame } from './frames.ts'
import {
  checkMechanism,
  checkReady,
  checkVersion,
  GREETING_BYTES,
  greeting,
  PEERS,
  pongFor,
  readyCommand,
  type SocketType,
  VERSION_BYTES,
} from './handshake.ts'

/** A cut network is noticed though nothing is sent: the kernel probes after this silence, ms. */
const KEEPALIVE_AFTER = 30_000

const NO_BODY = Buffer.alloc(0)

export interface ConnectionEvents {
  /** The handshake is done. */
  onReady(): void
  onMessage(frames: Buffer[]): void
  /** The peer broke the protocol; the connection is being closed. */
  onProtocolError(error: Error): void
  onClose(): void
}

/** One accepted peer: the handshake, then whole messages. */
export class Connection {
  readonly socket: Socket
  private readonly ours: SocketType
  private readonly frameLimit: number
  private readonly events: ConnectionEvents
  private readonly reader = new ByteReader()
  private state: 'version' | 'greeting' | 'ready' | 'open' = 'version'
  private frames: Buffer[] = []

  /** `frameLimit` in bytes: a larger frame ends the connection. */
  constructor(socket: Socket, ours: SocketType, frameLimit: number, events: ConnectionEvents) {
    this.socket = socket
    this.ours = ours
    this.frameLimit = frameLimit
    this.events = events
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEPALIVE_AFTER)
    socket.on('data', (chunk) => this.received(chunk))
    // What a reset means is said by 'close'; without a listener it would end the process.
    socket.on('error', () => {})
    socket.on('close', () => events.onClose())
    socket.write(greeting())
  }

  private received(chunk: Buffer): void {
    this.reader.push(chunk)
    try {
      while (this.step()) {
        // Each step takes what it can from the reader.
      }
    } catch (error) {
      this.socket.destroy()
      this.events.onProtocolError(error instanceof Error ? error : new Error(messageOf(error)))
    }
  }

  /** True where something was taken, and there may be more. */
  private step(): boolean {
    switch (this.state) {
      case 'version':
        return this.readVersion()
      case 'greeting':
        return this.readGreeting()
      case 'ready':
      case 'open':
        return this.readFrame()
    }
  }

  private readVersion(): boolean {
    const bytes = this.reader.peek(VERSION_BYTES)
    if (!bytes) return false
    checkVersion(bytes)
    this.state = 'greeting'
    return true
  }

  private readGreeting(): boolean {
    if (this.reader.length < GREETING_BYTES) return false
    checkMechanism(this.reader.take(GREETING_BYTES))
    this.socket.write(readyCommand(this.ours))
    this.state = 'ready'
    return true
  }

  private readFrame(): boolean {
    const frame = readFrame(this.reader, this.frameLimit)
    if (!frame) return false
    if (frame.isCommand) this.command(frame.body)
    else this.data(frame.body, frame.more)
    return !this.socket.destroyed
  }

  private command(body: Buffer): void {
    if (this.state === 'ready') {
      checkReady(body, PEERS[this.ours])
      this.state = 'open'
      this.events.onReady()
      return
    }
    const pong = pongFor(body)
    if (pong) this.socket.write(pong)
  }

  private data(body: Buffer, more: boolean): void {
    if (this.state !== 'open') throw KrunnerError.of('ZMTP', 'it sends data before READY')
    // Only two are ever looked at; of the others the number is enough.
    this.frames.push(this.frames.length < 2 ? body : NO_BODY)
    if (more) return
    const frames = this.frames
    this.frames = []
    this.events.onMessage(frames)
  }
}
