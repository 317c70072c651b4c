/** One client of a terminal, at its WebSocket. */
import type { WebSocket } from 'ws'
import { outputMessage } from './ttyd.ts'

/** Bytes that may wait for a client before the terminal is held, and at which it goes on. */
const HIGH = 1024 * 1024
const LOW = 256 * 1024

export class Viewer {
  private readonly socket: WebSocket
  private readonly onHold: () => void
  private hasPaused = false
  private isBehind = false

  /** `onHold`: whether it `isHeld` has changed. */
  constructor(socket: WebSocket, onHold: () => void) {
    this.socket = socket
    this.onHold = onHold
  }

  /** Whether it takes no more for now. */
  get isHeld(): boolean {
    return this.hasPaused || this.isBehind
  }

  /** The client's own wish. */
  setPaused(isPaused: boolean): void {
    this.hasPaused = isPaused
    this.onHold()
  }

  show(chunks: readonly Buffer[]): void {
    this.send(outputMessage(chunks))
  }

  send(message: Buffer): void {
    this.socket.send(message, () => {
      if (this.isBehind && this.socket.bufferedAmount <= LOW) this.setBehind(false)
    })
    if (!this.isBehind && this.socket.bufferedAmount > HIGH) this.setBehind(true)
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason)
  }

  private setBehind(isBehind: boolean): void {
    this.isBehind = isBehind
    this.onHold()
  }
}
