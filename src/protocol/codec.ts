/** Two frames <-> message. The only place that knows payload encodings; no socket is in sight. */
import { Packr } from 'msgpackr/pack'
import * as v from 'valibot'
import { KrunnerError, messageOf } from '../errors.ts'
import type { Command, CommandType } from './commands.ts'
import type { Result, ResultType } from './results.ts'
import * as schema from './schemas.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const msgpack = new Packr({ useRecords: false })

export type Frames = [type: Buffer, payload: Buffer]

/** Throws a coded error for anything that is not a command of the protocol. */
export function decodeCommand(frames: readonly Uint8Array[]): Command {
  const [typeFrame, payload] = twoFrames(frames)
  const type = Buffer.from(typeFrame).toString('latin1') as CommandType
  switch (type) {
    case 'clean':
    case 'build':
    case 'exec':
      return { type, command: text(type, payload) }
    case 'code':
      return { type, source: text(type, payload) }
    case 'input':
      return { type, text: text(type, payload) }
    case 'complete':
      return { type, request: json(type, payload, schema.completeRequest) }
    case 'interrupt':
    case 'status':
      return { type }
    case 'event':
      return { type, event: json(type, payload, schema.event) }
    case 'start-service':
      return { type, service: json(type, payload, schema.record) }
    case 'shutdown-service':
      return { type, name: json(type, payload, schema.name) }
    case 'start-model-service':
      return { type, model: json(type, payload, schema.record) }
    case 'get-apps':
      return { type, name: text(type, payload) }
    default:
      throw KrunnerError.of('UNKNOWN_TYPE', type satisfies never)
  }
}

/** The frames of a command: what an agent sends. */
export function encodeCommand(command: Command): Frames {
  return [Buffer.from(command.type), Buffer.from(commandPayload(command))]
}

function commandPayload(command: Command): string {
  switch (command.type) {
    case 'clean':
    case 'build':
    case 'exec':
      return command.command
    case 'code':
      return command.source
    case 'input':
      return command.text
    case 'complete':
      return JSON.stringify(command.request)
    case 'interrupt':
    case 'status':
      return ''
    case 'event':
      return JSON.stringify(command.event)
    case 'start-service':
      return JSON.stringify(command.service)
    case 'shutdown-service':
      return JSON.stringify(command.name)
    case 'start-model-service':
      return JSON.stringify(command.model)
    case 'get-apps':
      return command.name
  }
}

/** The payload of a result; its first frame is its type. */
export function encodeResult(result: Result): Uint8Array {
  switch (result.type) {
    case 'stdout':
    case 'stderr':
      return result.data
    case 'media':
      return Buffer.from(JSON.stringify({ type: result.mime, data: result.data }))
    case 'html':
      return Buffer.from(result.html)
    case 'log':
      return Buffer.from(result.text)
    case 'waiting-input':
      return Buffer.from(JSON.stringify({ is_password: result.isPassword }))
    case 'clean-finished':
    case 'build-finished':
    case 'finished':
      return Buffer.from(`{"exitCode":${result.exitCode}}`)
    case 'completion':
      return Buffer.from(JSON.stringify({ suggestions: result.suggestions }))
    case 'status':
      return msgpack.pack(result.status)
    case 'service-result':
    case 'model-service-result':
      return Buffer.from(JSON.stringify(result.outcome))
    case 'model-service-status':
      return Buffer.from(JSON.stringify({ model_name: result.modelName, is_healthy: result.isHealthy }))
    case 'apps-result':
      return Buffer.from(JSON.stringify(result.apps))
  }
}

/** What an agent reads. Throws a coded error for anything that is not a result of the protocol. */
export function decodeResult(frames: readonly Uint8Array[]): Result {
  const [typeFrame, payload] = twoFrames(frames)
  const type = Buffer.from(typeFrame).toString('latin1') as ResultType
  switch (type) {
    case 'stdout':
    case 'stderr':
      return { type, data: payload }
    case 'media': {
      const media = json(type, payload, schema.media)
      return { type, mime: media.type, data: media.data }
    }
    case 'html':
      return { type, html: text(type, payload) }
    case 'log':
      return { type, text: text(type, payload) }
    case 'waiting-input':
      return { type, isPassword: json(type, payload, schema.waitingInput).is_password }
    case 'clean-finished':
    case 'build-finished':
    case 'finished':
      return { type, exitCode: json(type, payload, schema.finished).exitCode }
    case 'completion':
      return { type, suggestions: json(type, payload, schema.completion).suggestions }
    case 'status':
      return { type, status: checked(type, msgpack.unpack(Buffer.from(payload)), schema.status) }
    case 'service-result':
    case 'model-service-result':
      return { type, outcome: json(type, payload, schema.serviceOutcome) }
    case 'model-service-status': {
      const health = json(type, payload, schema.modelStatus)
      return { type, modelName: health.model_name, isHealthy: health.is_healthy }
    }
    case 'apps-result':
      return { type, apps: json(type, payload, schema.appsOutcome) }
    default:
      throw KrunnerError.of('UNKNOWN_TYPE', type satisfies never)
  }
}

function twoFrames(frames: readonly Uint8Array[]): [Uint8Array, Uint8Array] {
  const [type, payload] = frames
  if (frames.length !== 2 || !type || !payload) throw KrunnerError.of('FRAMES', frames.length)
  return [type, payload]
}

function text(type: string, payload: Uint8Array): string {
  try {
    return utf8.decode(payload)
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_UTF8', type)
  }
}

type Schema<T> = v.GenericSchema<unknown, T>

function json<T>(type: string, payload: Uint8Array, form: Schema<T>): T {
  const source = text(type, payload)
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_JSON', type, messageOf(error))
  }
  return checked(type, value, form)
}

function checked<T>(type: string, value: unknown, form: Schema<T>): T {
  const result = v.safeParse(form, value)
  if (result.success) return result.output
  const issue = result.issues[0]
  const where = v.getDotPath(issue)
  throw KrunnerError.of('BAD_PAYLOAD', type, where ? `${where}: ${issue.message}` : issue.message)
}
