import { Connection } from './connection.ts'
import { frameHeader, SUBSCRIBE } from './frames.ts'
import { type BoundServer, type ListenAddress, listen } from './listen.ts'

/** A SUB socket of ours wants all that its peers publish. Source: RFC 29/PUBSUB of the ZeroMQ project. */
const SUBSCRIBE_TO_ALL = Buffer.concat([frameHeader(1), Buffer.of(SUBSCRIBE)])

/** A bound ZeroMQ socket that only receives: messages of all peers, in order of arrival. */
export class ReceivingServer {
  readonly port: number
  private readonly bound: BoundServer
  private readonly connections: Set<Connection>

  private constructor(bound: BoundServer, connections: Set<Connection>) {
    this.bound = bound
    this.port = bound.port
    this.connections = connections
  }

  /** `frameLimit` in bytes. Frames of a message are handed over as they came, however many. */
  static async bind(
    type: 'PULL' | 'SUB',
    address: ListenAddress,
    frameLimit: number,
    onMessage: (frames: Buffer[]) => void,
    onProtocolError: (error: Error) => void,
  ): Promise<ReceivingServer> {
    const connections = new Set<Connection>()
    const bound = await listen(address, (socket) => {
      const connection = new Connection(socket, type, frameLimit, {
        onReady: () => type === 'SUB' && socket.write(SUBSCRIBE_TO_ALL),
        onMessage,
        onProtocolError,
        onClose: () => connections.delete(connection),
      })
      connections.add(connection)
    })
    return new ReceivingServer(bound, connections)
  }

  close(): void {
    this.bound.server.close()
    for (const connection of this.connections) connection.socket.destroy()
  }
}
