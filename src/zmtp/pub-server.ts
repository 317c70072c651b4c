import { Connection } from './connection.ts'
import { frameHeader, SUBSCRIBE, UNSUBSCRIBE } from './frames.ts'
import { type BoundServer, type ListenAddress, listen } from './listen.ts'

/** A subscription is a byte and a prefix. */
const SUBSCRIPTION_LIMIT = 1024
/** Bytes that may wait for a subscriber before no more is to be sent; until none waits. */
const HIGH = 1024 * 1024
/** Who takes nothing for so long is let go, ms. */
const PATIENCE = 10_000

/**
 * A bound ZeroMQ PUB socket: messages of one frame for all who have subscribed. Every subscription is taken as one to all, and
 * what is sent is not dropped. Source: RFC 29/PUBSUB of the ZeroMQ project.
 */
export class PubServer {
  readonly port: number
  private readonly bound: BoundServer
  private readonly subscribers: Set<Subscriber>

  private constructor(bound: BoundServer, subscribers: Set<Subscriber>) {
    this.bound = bound
    this.port = bound.port
    this.subscribers = subscribers
  }

  /** `onFlow`: whether more may be sent has changed. */
  static async bind(address: ListenAddress, onFlow: (mayFlow: boolean) => void): Promise<PubServer> {
    const subscribers = new Set<Subscriber>()
    const tell = () => onFlow(![...subscribers].some(({ isBehind }) => isBehind))
    const bound = await listen(address, (socket) => {
      const connection = new Connection(socket, 'PUB', SUBSCRIPTION_LIMIT, {
        onReady() {},
        onMessage: ([message]) => subscriber.receive(message),
        onProtocolError() {},
        onClose() {
          subscribers.delete(subscriber)
          subscriber.close()
          tell()
        },
      })
      const subscriber = new Subscriber(connection, tell)
      subscribers.add(subscriber)
    })
    return new PubServer(bound, subscribers)
  }

  send(bytes: Buffer): void {
    for (const subscriber of this.subscribers) subscriber.send(bytes)
  }

  close(): void {
    this.bound.server.close()
    for (const subscriber of this.subscribers) subscriber.destroy()
  }
}

class Subscriber {
  isBehind = false
  private readonly connection: Connection
  private readonly onFlow: () => void
  private hasSubscribed = false
  private patience: NodeJS.Timeout | undefined

  constructor(connection: Connection, onFlow: () => void) {
    this.connection = connection
    this.onFlow = onFlow
    connection.socket.on('drain', () => this.setBehind(false))
  }

  receive(message: Buffer | undefined): void {
    if (message?.[0] === SUBSCRIBE) this.hasSubscribed = true
    else if (message?.[0] === UNSUBSCRIBE) this.hasSubscribed = false
  }

  send(bytes: Buffer): void {
    if (!this.hasSubscribed) return
    const { socket } = this.connection
    socket.cork()
    socket.write(frameHeader(bytes.length))
    socket.write(bytes)
    socket.uncork()
    if (socket.writableLength > HIGH) this.setBehind(true)
  }

  close(): void {
    clearTimeout(this.patience)
  }

  destroy(): void {
    this.connection.socket.destroy()
  }

  private setBehind(isBehind: boolean): void {
    if (this.isBehind === isBehind) return
    this.isBehind = isBehind
    clearTimeout(this.patience)
    if (isBehind) this.patience = setTimeout(() => this.destroy(), PATIENCE)
    this.onFlow()
  }
}
