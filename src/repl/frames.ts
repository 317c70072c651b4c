/** Framing of the driver protocol: requests to bytes, bytes to reports. Trusts nothing that comes in. */
import { KrunnerError } from '../errors.ts'
import { ByteReader } from '../protocol/byte-reader.ts'
import type { DriverReport, DriverRequest } from './protocol.ts'

/** A header is short; more without a newline is garbage. */
const HEADER_LIMIT = 256
/** The largest payload a driver may send, bytes: an image is the largest thing that makes sense. */
const PAYLOAD_LIMIT = 64 * 1024 * 1024

export function encodeRequest(request: DriverRequest): Buffer {
  switch (request.type) {
    case 'run':
      return frame(`run ${request.id}`, request.source)
    case 'complete':
    case 'inspect':
      return frame(`${request.type} ${request.id} ${request.cursor}`, request.source)
    case 'answer':
      return frame('answer', request.text)
  }
}

function frame(header: string, payload: string): Buffer {
  const length = Buffer.byteLength(payload)
  const line = `${header} ${length}\n`
  const bytes = Buffer.allocUnsafe(line.length + length)
  bytes.write(line, 0, 'latin1')
  bytes.write(payload, line.length)
  return bytes
}

/** Turns what a driver writes into reports. */
export class ReportDecoder {
  private readonly runtime: string
  private readonly reader = new ByteReader()
  private header: { fields: string[]; length: number } | undefined

  /** `runtime` names the driver in errors. */
  constructor(runtime: string) {
    this.runtime = runtime
  }

  push(chunk: Buffer): void {
    this.reader.push(chunk)
  }

  /** The next whole report, or undefined until more bytes are there. Throws DRIVER_FRAME on garbage. */
  next(): DriverReport | undefined {
    this.header ??= this.readHeader()
    if (!this.header || this.reader.length < this.header.length) return undefined
    const { fields, length } = this.header
    this.header = undefined
    return this.report(fields, this.reader.take(length))
  }

  private readHeader(): { fields: string[]; length: number } | undefined {
    const start = this.reader.peek(Math.min(this.reader.length, HEADER_LIMIT))
    const end = start?.indexOf(10) ?? -1
    if (!start || end < 0) {
      if (this.reader.length >= HEADER_LIMIT) throw this.broken('no line where a frame begins', start)
      return undefined
    }
    const fields = this.reader
      .take(end + 1)
      .toString('latin1', 0, end)
      .split(' ')
    const length = whole(fields.pop())
    if (length === undefined || fields.length === 0) throw this.broken('a line that is no header', start)
    if (length > PAYLOAD_LIMIT)
      throw this.broken(`a payload of ${length} bytes, limit ${PAYLOAD_LIMIT}`, start)
    return { fields, length }
  }

  private report(fields: string[], payload: Buffer): DriverReport {
    const [type, first, second] = fields
    const id = whole(first)
    switch (type) {
      case 'ready':
        return { type, banner: payload.toString() }
      case 'display':
        if (first) return { type, mime: first, data: payload }
        break
      case 'ask':
        if (first === '0' || first === '1')
          return { type, isPassword: first === '1', prompt: payload.toString() }
        break
      case 'done': {
        const code = whole(second)
        if (id !== undefined && code !== undefined)
          return { type, id, code: code & 0xff, error: payload.toString() }
        break
      }
      case 'matches':
        if (id !== undefined) return { type, id, matches: lines(payload) }
        break
      case 'doc':
        if (id !== undefined) return { type, id, text: payload.toString() }
        break
    }
    throw this.broken(`'${fields.join(' ')}' is no report`, undefined)
  }

  private broken(what: string, found: Buffer | undefined): KrunnerError {
    const excerpt = found ? `: ${JSON.stringify(found.toString('latin1', 0, 60))}` : ''
    return KrunnerError.of('DRIVER_FRAME', this.runtime, what + excerpt)
  }
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function lines(payload: Buffer): string[] {
  return payload.length === 0 ? [] : payload.toString().split('\n')
}
