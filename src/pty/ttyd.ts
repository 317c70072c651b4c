/**
 * The messages of ttyd's WebSocket, so that its clients work. The first character of each says what it is; the first message
 * of a client is JSON instead. Source: https://github.com/tsl0922/ttyd/blob/main/src/protocol.c
 */
import * as v from 'valibot'
import { messageOf } from '../errors.ts'
import type { TerminalSize } from './terminal.ts'

/** The WebSocket's subprotocol. */
export const SUBPROTOCOL = 'tty'

const OUTPUT = 0x30
const SET_TITLE = '1'

export type ClientMessage =
  | { type: 'input'; bytes: Buffer }
  | { type: 'resize'; size: TerminalSize }
  | { type: 'pause' | 'resume' }

/** What is no message of the protocol. */
export class BadMessage extends Error {}

/** A larger one is nobody's screen. */
const LARGEST = 2000

const cells = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST))
const size = v.object({ rows: cells, columns: cells })
const greeting = v.object({
  AuthToken: v.optional(v.string(), ''),
  rows: v.optional(cells, 24),
  columns: v.optional(cells, 80),
})

export type Greeting = v.InferOutput<typeof greeting>

/** Throws BadMessage. */
export function parseGreeting(message: Buffer): Greeting {
  return parse(greeting, message, 'a first message')
}

/** Throws BadMessage. */
export function parseMessage(message: Buffer): ClientMessage {
  const rest = message.subarray(1)
  switch (String.fromCharCode(message[0] ?? 0)) {
    case '0':
      return { type: 'input', bytes: rest }
    case '1':
      return { type: 'resize', size: parse(size, rest, 'a size') }
    case '2':
      return { type: 'pause' }
    case '3':
      return { type: 'resume' }
    default:
      throw new BadMessage(`no message begins with byte ${message[0]}`)
  }
}

export function outputMessage(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(OUTPUT), ...chunks])
}

export function titleMessage(title: string): Buffer {
  return Buffer.from(SET_TITLE + title)
}

function parse<T>(schema: v.GenericSchema<unknown, T>, text: Buffer, what: string): T {
  try {
    return v.parse(schema, JSON.parse(text.toString()))
  } catch (error) {
    const path = error instanceof v.ValiError ? `${v.getDotPath(error.issues[0]) ?? ''} ` : ''
    throw new BadMessage(`${what} is not of its form: ${path}${messageOf(error)}`)
  }
}
