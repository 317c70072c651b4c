/** A terminal service, by ttyd's protocol. */
import { once } from 'node:events'
import WebSocket from 'ws'
import { KrunnerError, messageOf } from '../../errors.ts'
import { SUBPROTOCOL } from '../../pty/ttyd.ts'
import type { Place, Remote, ScreenSize } from './remote.ts'

const OUTPUT = 0x30

export interface TtydOptions {
  session?: string
  token?: string
}

/** Throws NO_ANSWER where none is there, or it refuses. */
export async function openTtyd(
  { host, port }: Place,
  { session, token }: TtydOptions,
  size: ScreenSize,
  onOutput: (bytes: Buffer) => void,
): Promise<Remote> {
  const query = session === undefined ? '' : `?${new URLSearchParams({ session })}`
  const socket = new WebSocket(`ws://${host}:${port}/ws${query}`, SUBPROTOCOL, { perMessageDeflate: false })
  try {
    await once(socket, 'open')
  } catch (error) {
    throw KrunnerError.because(error, 'NO_TERMINAL_SERVICE', `${host}:${port}`, messageOf(error))
  }
  socket.send(JSON.stringify({ AuthToken: token ?? '', ...size }))
  socket.on('message', (message: Buffer) => message[0] === OUTPUT && onOutput(message.subarray(1)))
  socket.on('error', () => undefined)
  return {
    ended: once(socket, 'close').then(([, reason]) => String(reason) || 'the connection was cut'),
    write: (bytes) => socket.send(Buffer.concat([Buffer.of(OUTPUT), bytes])),
    resize: (changed) => socket.send(`1${JSON.stringify(changed)}`),
    close: () => socket.terminate(),
  }
}
