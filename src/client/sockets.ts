/** The agent's two ZeroMQ sockets. The only file that knows the library. */
import { Pull, Push, Subscriber, XPublisher } from 'zeromq'

/** Where a runner listens. */
export interface Address {
  /** Default 127.0.0.1. */
  host?: string
  /** The port of its commands socket. */
  portIn: number
  /** The port of its results socket. */
  portOut: number
}

export interface SocketOptions {
  /** How many messages may wait unread on this side, the network's own buffers not counted. Default 1000. */
  receiveHighWaterMark?: number
}

/** How long commands not yet on the network survive `close`, in milliseconds. */
const LINGER = 500

export class Sockets {
  readonly #push: Push
  readonly #pull: Pull
  #sending: Promise<void> = Promise.resolve()

  constructor(address: Address, options: SocketOptions) {
    const host = address.host ?? '127.0.0.1'
    const ipv6 = host.includes(':')
    const bracketed = ipv6 ? `[${host}]` : host
    this.#push = new Push({ linger: LINGER, sendHighWaterMark: 0, ipv6 })
    this.#pull = new Pull({ linger: 0, receiveHighWaterMark: options.receiveHighWaterMark ?? 1000, ipv6 })
    this.#push.connect(`tcp://${bracketed}:${address.portIn}`)
    this.#pull.connect(`tcp://${bracketed}:${address.portOut}`)
  }

  /** The socket allows one send at a time; those that come meanwhile keep their order. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    const sent = this.#sending.then(() => this.#push.send([...frames]))
    this.#sending = sent.catch(() => {})
    return sent
  }

  /** Each message as it comes; nothing is taken from the network while the reader works on one. */
  async *messages(): AsyncGenerator<Buffer[]> {
    for await (const frames of this.#pull) yield frames
  }

  close(): void {
    void this.#sending.then(() => this.#push.close())
    this.#pull.close()
  }
}

/** The two sockets of a Linux console. */
export class TerminalSockets {
  readonly #keys = new XPublisher({ linger: LINGER, sendHighWaterMark: 0 })
  readonly #screen = new Subscriber({ linger: 0 })
  readonly #connected: Promise<unknown>
  #sending: Promise<void> = Promise.resolve()

  constructor({ host, keys, screen }: { host: string; keys: number; screen: number }) {
    const address = host.includes(':') ? `[${host}]` : host
    // What comes from there is the other side's subscription.
    this.#connected = Promise.all([this.#keys.receive(), handshake(this.#screen.events)])
    this.#screen.subscribe()
    this.#keys.connect(`tcp://${address}:${keys}`)
    this.#screen.connect(`tcp://${address}:${screen}`)
  }

  /** What is published before that goes nowhere. */
  async connected(): Promise<void> {
    await this.#connected
  }

  send(bytes: Buffer): void {
    this.#sending = this.#sending.then(() => this.#keys.send(bytes)).catch(() => {})
  }

  /** Settles with why, when the socket is closed. */
  async forward(onOutput: (bytes: Buffer) => void): Promise<string> {
    for await (const [bytes] of this.#screen) if (bytes) onOutput(bytes)
    return 'the console was closed'
  }

  close(): void {
    void this.#sending.then(() => this.#keys.close())
    this.#screen.close()
  }
}

async function handshake(events: Subscriber['events']): Promise<void> {
  for await (const event of events) if (event.type === 'handshake') return
}
