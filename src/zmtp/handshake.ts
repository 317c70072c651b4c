/** The opening of a ZMTP 3 connection with the NULL mechanism: two greetings, two READY commands. */
import { KrunnerError } from '../errors.ts'
import { frameHeader } from './frames.ts'

export type SocketType = 'PUSH' | 'PULL' | 'PUB' | 'SUB'

/** Who may connect to each of ours; the first is what an error asks for. */
export const PEERS = {
  PUSH: ['PULL'],
  PULL: ['PUSH'],
  PUB: ['SUB', 'XSUB'],
  SUB: ['PUB', 'XPUB'],
} as const satisfies Record<SocketType, readonly string[]>

export const GREETING_BYTES = 64
/** The peer's version is known after this many bytes; an older one never sends all 64. */
export const VERSION_BYTES = 11

const MECHANISM = 'NULL'

export function greeting(): Buffer {
  const bytes = Buffer.alloc(GREETING_BYTES)
  bytes[0] = 0xff
  bytes[9] = 0x7f
  bytes[10] = 3
  bytes.write(MECHANISM, 12, 'latin1')
  return bytes
}

/** Throws ZMTP where the first bytes are not a ZMTP 3 greeting. */
export function checkVersion(bytes: Buffer): void {
  if (bytes[0] !== 0xff || ((bytes[9] ?? 0) & 1) !== 1)
    throw KrunnerError.of('ZMTP', `it opens with ${bytes.subarray(0, 10).toString('hex')}`)
  if ((bytes[10] as number) < 3) throw KrunnerError.of('ZMTP', `it speaks version ${bytes[10]}`)
}

/** Throws ZMTP where the greeting asks for another mechanism than ours. */
export function checkMechanism(bytes: Buffer): void {
  const mechanism = bytes.toString('latin1', 12, 32).replace(/\0+$/, '')
  if (mechanism !== MECHANISM) throw KrunnerError.of('ZMTP', `it asks for the mechanism ${mechanism}`)
}

export function readyCommand(type: SocketType): Buffer {
  const body = Buffer.concat([shortString('READY'), shortString('Socket-Type'), longString(type)])
  return Buffer.concat([frameHeader(body.length, { command: true }), body])
}

/** Throws ZMTP where the peer's first command is not READY, or its socket type is none of `wanted`. */
export function checkReady(body: Buffer, wanted: readonly string[]): void {
  const name = commandName(body)
  if (name !== 'READY') throw KrunnerError.of('ZMTP', `it sends ${name} where READY is due`)
  const type = metadata(body.subarray(1 + name.length)).get('socket-type')
  if (!wanted.includes(type ?? ''))
    throw KrunnerError.of('ZMTP', `it is a ${type} socket where ${wanted[0]} is due`)
}

/** The answer to a heartbeat, or undefined for any other command. */
export function pongFor(body: Buffer): Buffer | undefined {
  if (commandName(body) !== 'PING') return undefined
  const context = body.subarray(7)
  const pong = Buffer.concat([shortString('PONG'), context])
  return Buffer.concat([frameHeader(pong.length, { command: true }), pong])
}

function commandName(body: Buffer): string {
  return body.toString('latin1', 1, 1 + (body[0] ?? 0))
}

function metadata(bytes: Buffer): Map<string, string> {
  const properties = new Map<string, string>()
  for (let at = 0; at + 1 < bytes.length; ) {
    const nameEnd = at + 1 + (bytes[at] as number)
    if (nameEnd + 4 > bytes.length) break
    const valueEnd = nameEnd + 4 + bytes.readUInt32BE(nameEnd)
    properties.set(
      bytes.toString('latin1', at + 1, nameEnd).toLowerCase(),
      bytes.toString('latin1', nameEnd + 4, valueEnd),
    )
    at = valueEnd
  }
  return properties
}

function shortString(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])
}

function longString(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, Buffer.from(text, 'latin1')])
}
