import { createServer, type Server, type Socket } from 'node:net'
import { KrunnerError, messageOf } from '../errors.ts'

/** Where to listen; port 0 takes a free one. `option` is what a person would change. */
export interface ListenAddress {
  host: string
  port: number
  option: string
  /** Whether who has connected may stay; default: everybody may. */
  admits?: ((socket: Socket) => boolean) | undefined
}

/** Binds, and settles with the real port. Throws PORT_IN_USE or CANNOT_LISTEN. */
export function listen(address: ListenAddress, onSocket: (socket: Socket) => void): Promise<BoundServer> {
  const server = createServer({ pauseOnConnect: false }, (socket) => {
    if (address.admits?.(socket) ?? true) onSocket(socket)
    else socket.destroy()
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(address, error)))
    server.listen({ host: address.host, port: address.port, backlog: 16 }, () => {
      const bound = server.address()
      resolve({ server, port: typeof bound === 'object' && bound ? bound.port : address.port })
    })
  })
}

export interface BoundServer {
  server: Server
  port: number
}

function listenError({ host, port, option }: ListenAddress, error: NodeJS.ErrnoException): KrunnerError {
  const address = `${host}:${port}`
  if (error.code === 'EADDRINUSE') return KrunnerError.because(error, 'PORT_IN_USE', address, option)
  return KrunnerError.because(error, 'CANNOT_LISTEN', address, messageOf(error))
}
