import { type Address, Sockets } from '../../../src/client/sockets.ts'

/** A client with as little around its two sockets as can be: the same one for the runner and for the echo. */
export class Wire {
  private readonly sockets: Sockets
  private readonly messages: AsyncGenerator<Buffer[]>

  constructor(address: Address) {
    this.sockets = new Sockets(address, {})
    this.messages = this.sockets.messages()
  }

  send(type: string, payload: string | Uint8Array): Promise<void> {
    return this.sockets.send([Buffer.from(type), Buffer.from(payload)])
  }

  async receive(): Promise<{ type: string; payload: Buffer }> {
    const { value } = await this.messages.next()
    const [type, payload] = value ?? []
    if (!type || !payload) throw new Error('a message without two frames came')
    return { type: type.toString('latin1'), payload }
  }

  /** Reads up to the message of that type; the bytes of stdout before it. */
  async receiveUntil(last: string): Promise<{ bytes: number; payload: Buffer }> {
    for (let bytes = 0; ; ) {
      const { type, payload } = await this.receive()
      if (type === last) return { bytes, payload }
      if (type === 'stderr') throw new Error(`stderr where none is due: ${payload}`)
      if (type === 'stdout') bytes += payload.length
    }
  }

  close(): void {
    this.sockets.close()
  }
}
