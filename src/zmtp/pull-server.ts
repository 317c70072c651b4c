import { Connection } from './connection.ts'
import { type BoundServer, type ListenAddress, listen } from './listen.ts'

/** A bound ZeroMQ PULL socket: messages of all peers, in order of arrival. */
export class PullServer {
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
    address: ListenAddress,
    frameLimit: number,
    onMessage: (frames: Buffer[]) => void,
    onProtocolError: (error: Error) => void,
  ): Promise<PullServer> {
    const connections = new Set<Connection>()
    const bound = await listen(address, (socket) => {
      const connection = new Connection(socket, 'PULL', frameLimit, {
        onReady() {},
        onMessage,
        onProtocolError,
        onClose: () => connections.delete(connection),
      })
      connections.add(connection)
    })
    return new PullServer(bound, connections)
  }

  close(): void {
    this.bound.server.close()
    for (const connection of this.connections) connection.socket.destroy()
  }
}
