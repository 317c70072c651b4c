/** `krunner attach`: this terminal's keys go there, and what is shown there comes here. */
import type { Address } from '../../client/sockets.ts'
import { KrunnerError } from '../../errors.ts'
import { openConsole } from './console-remote.ts'
import type { Place, Remote, ScreenSize } from './remote.ts'
import { openTtyd, type TtydOptions } from './ttyd-remote.ts'

/** Ctrl-], as telnet has it. */
const LEAVE = 0x1d

const NOWHERE = 'say where the terminal is, or give --connect HOST:IN:OUT'

export interface AttachOptions extends TtydOptions {
  place?: Place
  connect?: Required<Address>
}

/** 0 when it was left, or has ended. */
export async function attachTerminal(options: AttachOptions): Promise<number> {
  const { stdin, stdout } = process
  if (!options.place && !options.connect) throw KrunnerError.of('BAD_OPTION', 'HOST:PORT', '', NOWHERE)
  if (!stdin.isTTY || !stdout.isTTY) throw KrunnerError.of('NO_TERMINAL')
  const remote = await openRemote(options, (bytes) => stdout.write(bytes))
  stdin.setRawMode(true)
  try {
    const why = await Promise.race([remote.ended, untilLeft(remote)])
    stdout.write(`\r\n[${why}]\r\n`)
    return 0
  } finally {
    stdin.setRawMode(false)
    remote.close()
  }
}

function openRemote(options: AttachOptions, onOutput: (bytes: Buffer) => void): Promise<Remote> {
  const { place, connect } = options
  if (place) return openTtyd(place, options, screenSize(), onOutput)
  return openConsole(connect as Required<Address>, screenSize(), onOutput)
}

function untilLeft(remote: Remote): Promise<string> {
  process.stdout.on('resize', () => remote.resize(screenSize()))
  return new Promise((resolve) => {
    process.stdin.on('data', (keys: Buffer) => {
      const end = keys.indexOf(LEAVE)
      if (end !== 0) remote.write(end < 0 ? keys : keys.subarray(0, end))
      if (end >= 0) resolve('left; the terminal goes on')
    })
  })
}

function screenSize(): ScreenSize {
  return { rows: process.stdout.rows || 24, columns: process.stdout.columns || 80 }
}
