/** The WebSocket of the page: ttyd's protocol from the browser's side, and coming back after a cut. */

const SUBPROTOCOL = 'tty'
const [OUTPUT, TITLE] = [0x30, 0x31]
/** WebSocket's code for an ordinary end: the process has ended. */
const NORMAL = 1000
/** From here on the server has said that it will not have us. */
const REFUSED = 1007
const LAST_REFUSAL = 1008
/** Between two tries, ms. */
const FIRST_PAUSE = 250
const LONGEST_PAUSE = 5000

export interface Size {
  rows: number
  columns: number
}

export interface Listener {
  /** A new screen begins: what was shown before comes once more. */
  onOpen(): void
  onOutput(bytes: Uint8Array): void
  onTitle(title: string): void
  /** The connection is cut; it is tried again. */
  onLost(): void
  /** There is nothing to come back to. */
  onEnded(reason: string): void
}

export class Connection {
  private readonly url: URL
  private readonly token: string
  private readonly listener: Listener
  private readonly size: () => Size
  private socket: WebSocket | undefined
  private pause = FIRST_PAUSE

  /** `session`: the server gives the same one back to who names it. */
  constructor(session: string, size: () => Size, listener: Listener) {
    this.url = new URL('ws', location.href)
    this.url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    this.url.hash = ''
    this.url.search = new URLSearchParams({ session }).toString()
    this.token = new URLSearchParams(location.search).get('token') ?? ''
    this.size = size
    this.listener = listener
  }

  open(): void {
    const socket = new WebSocket(this.url, SUBPROTOCOL)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.pause = FIRST_PAUSE
      this.listener.onOpen()
      socket.send(JSON.stringify({ AuthToken: this.token, ...this.size() }))
    }
    socket.onmessage = ({ data }) => this.receive(new Uint8Array(data as ArrayBuffer))
    socket.onclose = ({ code, reason }) => this.closed(code, reason)
    this.socket = socket
  }

  type(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    const message = new Uint8Array(bytes.length + 1)
    message[0] = OUTPUT
    message.set(bytes, 1)
    this.send(message)
  }

  resize(size: Size): void {
    this.send(`1${JSON.stringify(size)}`)
  }

  /** The server holds the program until `resume`. */
  hold(): void {
    this.send('2')
  }

  resume(): void {
    this.send('3')
  }

  private send(message: string | Uint8Array<ArrayBuffer>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(message)
  }

  private receive(message: Uint8Array): void {
    const rest = message.subarray(1)
    if (message[0] === OUTPUT) this.listener.onOutput(rest)
    else if (message[0] === TITLE) this.listener.onTitle(new TextDecoder().decode(rest))
  }

  private closed(code: number, reason: string): void {
    if (code === NORMAL || (code >= REFUSED && code <= LAST_REFUSAL)) {
      this.listener.onEnded(reason || 'the terminal was closed')
      return
    }
    this.listener.onLost()
    setTimeout(() => this.open(), this.pause)
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE)
  }
}
