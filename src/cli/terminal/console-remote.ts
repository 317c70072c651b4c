/** The Linux console of a runner, over its two sockets. */
import { type Address, TerminalSockets } from '../../client/sockets.ts'
import { KrunnerError } from '../../errors.ts'
import { addressText } from '../address.ts'
import { attach } from '../attachment.ts'
import type { Remote, ScreenSize } from './remote.ts'

/** Throws NO_TERMINAL_SERVICE where the runner has no console. */
export async function openConsole(
  connect: Required<Address>,
  size: ScreenSize,
  onOutput: (bytes: Buffer) => void,
): Promise<Remote> {
  const session = await attach({ connect, onResult: () => undefined })
  const { console } = await session.client.status()
  if (!console) {
    await session.close()
    throw KrunnerError.of('NO_TERMINAL_SERVICE', addressText(connect), 'this runtime has no console')
  }
  const sockets = new TerminalSockets({ host: connect.host, ...console })
  const resize = ({ rows, columns }: ScreenSize) => void session.client.run(`%resize ${rows} ${columns}`)
  await sockets.connected()
  resize(size)
  // A new line makes a shell show where it is.
  sockets.send(Buffer.from('\r'))
  return {
    ended: sockets.forward(onOutput),
    write: (bytes) => sockets.send(bytes),
    resize,
    close() {
      sockets.close()
      void session.close()
    },
  }
}
