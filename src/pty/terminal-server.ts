/** Terminals on a port: a page, and a WebSocket that speaks ttyd's protocol. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { Connection } from './connection.ts'
import { Heartbeat } from './heartbeat.ts'
import { refusal, servePage } from './http.ts'
import { type SessionCommand, TerminalSession } from './session.ts'
import type { TerminalSize } from './terminal.ts'
import { SUBPROTOCOL } from './ttyd.ts'

/** A person's paste is smaller, bytes. */
const LARGEST_MESSAGE = 16 * 1024 * 1024
/** More are a fault or an attack. */
const MOST_SESSIONS = 64
/** WebSocket's code for a server that goes. */
const GOING_AWAY = 1001
/** Who has not said goodbye by then is cut off, ms. */
const FAREWELL = 500
const SHARED = ''

export interface TerminalServerOptions {
  host: string
  port: number
  /** For people: the name of the service. */
  title: string
  command: SessionCommand
  /** Whether all viewers see the same session; else each has its own. */
  isShared: boolean
  /** What a viewer must know. Missing: who reaches the port may use it. */
  token: string | undefined
}

export class TerminalServer {
  /** Settles with why, once it has been stopped. */
  readonly ended: Promise<string>
  readonly options: TerminalServerOptions
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private readonly heartbeat = new Heartbeat()
  private readonly sessions = new Map<string, TerminalSession>()

  private constructor(options: TerminalServerOptions) {
    this.options = options
    this.sockets = new WebSocketServer({
      noServer: true,
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
      handleProtocols: () => SUBPROTOCOL,
    })
    this.http = createServer(servePage)
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    this.ended = new Promise((resolve) => this.http.once('close', () => resolve('it was stopped')))
  }

  /** Settles once it listens; rejects with the system's error where it cannot. */
  static async open(options: TerminalServerOptions): Promise<TerminalServer> {
    const server = new TerminalServer(options)
    await new Promise<void>((resolve, reject) => {
      server.http.once('error', reject)
      server.http.listen(options.port, options.host, resolve)
    })
    return server
  }

  /** Hangs up all sessions. */
  async stop(): Promise<void> {
    for (const session of this.sessions.values()) session.end()
    for (const socket of this.sockets.clients) socket.close(GOING_AWAY, 'the service was stopped')
    this.heartbeat.stop()
    this.http.close()
    await Promise.race([this.clientsGone(), delay(FAREWELL)])
    for (const socket of this.sockets.clients) socket.terminate()
    this.http.closeAllConnections()
    await this.ended
  }

  /** The session of that name, begun where there is none. Throws SPAWN, or where there are too many. */
  session(asked: string, size: TerminalSize): TerminalSession {
    const { command, isShared } = this.options
    const name = isShared ? SHARED : asked
    const there = this.sessions.get(name)
    if (there) return there
    if (this.sessions.size >= MOST_SESSIONS) throw new Error(`there are ${MOST_SESSIONS} sessions; close one`)
    const begun = new TerminalSession(command, size, isShared, () => this.sessions.delete(name))
    this.sessions.set(name, begun)
    return begun
  }

  private async clientsGone(): Promise<void> {
    await Promise.all([...this.sockets.clients].map((client) => once(client, 'close')))
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const why = refusal(request)
    if (why) {
      socket.end(
        `HTTP/1.1 ${why.status}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${why.reason}\n`,
      )
      return
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => this.welcome(client, request))
  }

  private welcome(client: WebSocket, request: IncomingMessage): void {
    this.heartbeat.watch(client)
    const asked = new URL(request.url ?? '', 'http://localhost').searchParams
    new Connection(client, this, asked.get('session') ?? undefined, asked.get('token') ?? '')
  }
}
