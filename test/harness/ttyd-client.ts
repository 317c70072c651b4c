/** A client of a terminal service, that speaks ttyd's protocol. */
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { until } from './until.ts'

/** Bytes. */
const TAIL = 64 * 1024

export interface TtydOptions {
  session?: string
  token?: string
  size?: { rows: unknown; columns: unknown }
  headers?: Record<string, string>
  protocol?: string
}

export class TtydClient {
  title = ''
  /** Of output. */
  bytes = 0
  #tail = Buffer.alloc(0)
  closed: { code: number; reason: string } | undefined
  readonly socket: WebSocket

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0x30) this.#show(data.subarray(1))
      else if (data[0] === 0x31) this.title = data.subarray(1).toString()
    })
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
    })
    socket.on('error', () => undefined)
  }

  /** Rejects with the server's answer where it refuses. */
  static async connect(port: number, options: TtydOptions = {}): Promise<TtydClient> {
    const { session, token, size = { rows: 24, columns: 80 }, headers = {}, protocol = 'tty' } = options
    const url = `ws://127.0.0.1:${port}/ws${session ? `?session=${session}` : ''}`
    const socket = new WebSocket(url, protocol ? [protocol] : [], { headers })
    onTestFinished(() => socket.terminate())
    const client = new TtydClient(socket)
    await Promise.race([
      once(socket, 'open'),
      once(socket, 'unexpected-response').then(([, response]) => {
        throw new Error(`refused with ${response.statusCode}`)
      }),
    ])
    socket.send(JSON.stringify({ AuthToken: token ?? '', ...size }))
    return client
  }

  /** The last of what it showed. */
  get text(): string {
    return this.#tail.toString()
  }

  #show(output: Buffer): void {
    this.bytes += output.length
    this.#tail = Buffer.concat([this.#tail, output]).subarray(-TAIL)
  }

  type(text: string): void {
    this.socket.send(Buffer.from(`0${text}`))
  }

  resize(rows: unknown, columns: unknown): void {
    this.socket.send(`1${JSON.stringify({ rows, columns })}`)
  }

  /** Until what it shows has this. */
  shows(part: string | RegExp): Promise<unknown> {
    const isThere = () => (typeof part === 'string' ? this.text.includes(part) : part.test(this.text))
    return until(`the terminal shows ${part}`, isThere)
  }
}
