import { encodeResult } from '../protocol/codec.ts'
import type { Result } from '../protocol/results.ts'

/** Agents cut a message above this, in bytes. */
const MESSAGE_LIMIT = 10 * 1024 * 1024
const AS_DATA_URI = /^(image\/(?!svg)|audio\/|video\/|application\/(pdf|octet-stream))/

/** What shows a driver's `display`, or a sentence that says why it can't be shown. */
export function displayResult(mime: string, data: Buffer): Result | string {
  const result = resultOf(mime, data)
  const size = encodeResult(result).length
  return size <= MESSAGE_LIMIT
    ? result
    : `a display of ${mime} takes ${size} bytes, and agents take ${MESSAGE_LIMIT}: make it smaller, or write it to a file`
}

function resultOf(mime: string, data: Buffer): Result {
  if (mime === 'text/html') return { type: 'html', html: data.toString() }
  const text = AS_DATA_URI.test(mime) ? `data:${mime};base64,${data.toString('base64')}` : data.toString()
  return { type: 'media', mime, data: text }
}
