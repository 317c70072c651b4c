/** What one client says over its WebSocket, checked, and done. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import { messageOf } from '../errors.ts'
import type { TerminalSession } from './session.ts'
import type { TerminalSize } from './terminal.ts'
import { BadMessage, parseGreeting, parseMessage, titleMessage } from './ttyd.ts'
import { Viewer } from './viewer.ts'

/** WebSocket's codes. */
const NOT_OF_ITS_FORM = 1007
const NOT_ALLOWED = 1008
const FAILED = 1011
const FULL = 1013
/** A reason's limit, bytes. */
const REASON = 120

/** Whose clients they are. */
export interface Sessions {
  readonly options: { readonly title: string; readonly token: string | undefined }
  session(name: string, size: TerminalSize): TerminalSession
}

export class Connection {
  private readonly socket: WebSocket
  private readonly sessions: Sessions
  private readonly name: string
  private readonly token: string
  private readonly viewer: Viewer
  private session: TerminalSession | undefined

  /** `name`: of the session that the client had before. */
  constructor(socket: WebSocket, sessions: Sessions, name: string | undefined, token: string) {
    this.socket = socket
    this.sessions = sessions
    this.name = name ?? randomUUID()
    this.token = token
    this.viewer = new Viewer(socket, () => this.session?.hold())
    socket.on('message', (data: RawData) => this.receive(data as Buffer))
    socket.on('error', () => socket.terminate())
    socket.once('close', () => this.session?.detach(this.viewer))
  }

  private receive(message: Buffer): void {
    try {
      if (this.session) this.obey(this.session, message)
      else this.greet(message)
    } catch (error) {
      this.close(error instanceof BadMessage ? NOT_OF_ITS_FORM : FAILED, messageOf(error))
    }
  }

  private greet(message: Buffer): void {
    const { AuthToken, rows, columns } = parseGreeting(message)
    const { token, title } = this.sessions.options
    if (token !== undefined && !isSame(token, AuthToken || this.token)) {
      this.close(NOT_ALLOWED, 'the token is missing or wrong')
      return
    }
    this.session = this.sessions.session(this.name, { rows, columns })
    this.viewer.send(titleMessage(title))
    this.session.attach(this.viewer, { rows, columns })
  }

  private obey(session: TerminalSession, bytes: Buffer): void {
    const message = parseMessage(bytes)
    switch (message.type) {
      case 'input':
        if (!session.write(message.bytes)) this.close(FULL, 'the program does not read what is typed')
        break
      case 'resize':
        session.resize(this.viewer, message.size)
        break
      case 'pause':
      case 'resume':
        this.viewer.setPaused(message.type === 'pause')
        break
    }
  }

  private close(code: number, reason: string): void {
    this.socket.close(code, Buffer.from(reason).subarray(0, REASON).toString().replace(/�$/, ''))
  }
}

/** In the same time, however much of it is right. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
