import { encodeResult } from '../protocol/codec.ts'
import type { MediaData, Result } from '../protocol/results.ts'

/** Agents cut a message above this, in bytes. */
const MESSAGE_LIMIT = 10 * 1024 * 1024
const AS_DATA_URI = /^(image\/(?!svg)|audio\/|video\/|application\/(pdf|octet-stream))/
/** Clients take it apart, and so it is no text to them. */
const AS_LIST = 'application/vnd.sorna.gitgraph'

/** What shows a driver's `display`, or a sentence that says why it can't be shown. */
export function displayResult(mime: string, data: Buffer): Result | string {
  const result = resultOf(mime, data)
  if (!result) return `a display of ${mime} is no JSON list`
  const size = encodeResult(result).length
  return size <= MESSAGE_LIMIT
    ? result
    : `a display of ${mime} takes ${size} bytes, and agents take ${MESSAGE_LIMIT}: make it smaller, or write it to a file`
}

function resultOf(mime: string, data: Buffer): Result | undefined {
  if (mime === 'text/html') return { type: 'html', html: data.toString() }
  const shown = mediaDataOf(mime, data)
  return shown === undefined ? undefined : { type: 'media', mime, data: shown }
}

function mediaDataOf(mime: string, data: Buffer): MediaData | undefined {
  if (AS_DATA_URI.test(mime)) return `data:${mime};base64,${data.toString('base64')}`
  return mime === AS_LIST ? listOf(data.toString()) : data.toString()
}

function listOf(json: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(json)
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}
