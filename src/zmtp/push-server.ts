import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from './connection.ts'
import { type BoundServer, type ListenAddress, listen } from './listen.ts'
import { type Outgoing, PushPeer } from './push-peer.ts'

/** A PULL peer has nothing to say but commands of ZMTP itself. */
const FRAME_LIMIT = 64 * 1024
/** How long an older connection may take to acknowledge its last messages before a newer one takes over, ms. */
const SETTLE_WAIT = 200
const SETTLE_STEP = 10

export interface PushEvents {
  /** `ready` has become true. */
  onReady(): void
  /** The connection ended before these were sent, oldest first. */
  onUnsent(messages: Outgoing[]): void
  onProtocolError(error: Error): void
}

/**
 * A bound ZeroMQ PUSH socket for one reader at a time. The newest connection is the reader: an agent
 * that lost its network comes back on a new one long before the kernel gives the old one up, and a socket that deals
 * messages out in turn would send half of them into the void. When it leaves, an older one that still lives is the reader again.
 */
export class PushServer {
  private bound: BoundServer | undefined
  private readonly events: PushEvents
  private readonly connections = new Set<Connection>()
  private readonly peers: PushPeer[] = []
  private reader: PushPeer | undefined

  constructor(events: PushEvents) {
    this.events = events
  }

  /** Settles with the port. */
  async bind(address: ListenAddress): Promise<number> {
    this.bound = await listen(address, (socket) => {
      const peer = new PushPeer(socket)
      const connection = new Connection(socket, 'PUSH', FRAME_LIMIT, {
        onReady: () => this.join(peer),
        onMessage() {},
        onProtocolError: this.events.onProtocolError,
        onClose: () => {
          this.connections.delete(connection)
          this.leave(peer)
        },
      })
      this.connections.add(connection)
    })
    return this.bound.port
  }

  /** True where a reader is there and no message is being written. */
  get ready(): boolean {
    return this.reader !== undefined && !this.reader.isWriting
  }

  /** True where all that was given to `send` has arrived at the reader's kernel. */
  get settled(): boolean {
    return this.reader?.isSettled() ?? true
  }

  /** Only where `ready`. */
  send(message: Outgoing): void {
    this.reader?.forgetAcknowledged()
    this.reader?.write(message, () => this.events.onReady())
  }

  close(): void {
    this.bound?.server.close()
    for (const connection of this.connections) connection.socket.destroy()
  }

  private async join(peer: PushPeer): Promise<void> {
    peer.begin()
    this.peers.push(peer)
    const before = this.reader
    if (before) await this.settle(before)
    if (this.peers.at(-1) === peer && this.reader !== peer) this.choose()
  }

  /** An older connection that acknowledges nothing is dead: what it holds goes to the new one, in order. */
  private async settle(peer: PushPeer): Promise<void> {
    this.reader = undefined
    for (let waited = 0; waited < SETTLE_WAIT && !peer.isSettled(); waited += SETTLE_STEP)
      await delay(SETTLE_STEP)
    if (peer.isSettled() || !this.peers.includes(peer)) return
    this.leave(peer)
    peer.socket.destroy()
  }

  private leave(peer: PushPeer): void {
    const index = this.peers.indexOf(peer)
    if (index < 0) return
    this.peers.splice(index, 1)
    const unsent = peer.finish()
    if (unsent.length > 0) this.events.onUnsent(unsent)
    if (this.reader === peer) this.choose()
  }

  private choose(): void {
    this.reader = this.peers.at(-1)
    if (this.ready) this.events.onReady()
  }
}
