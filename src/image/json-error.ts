/** Where JSON goes wrong: what V8 says of it has no line where the text is short, and has the text in it. */
import { messageOf } from '../errors.ts'

export interface JsonError {
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** Undefined where it is JSON. */
export function jsonError(text: string): JsonError | undefined {
  const message = failureOf(text)
  if (message === undefined) return undefined
  const told = /\(line (\d+) column \d+\)/.exec(message)?.[1]
  if (told !== undefined) return { line: Number(told), message: withoutText(message) }
  const lines = text.split('\n')
  let low = 1
  let high = lines.length
  // The fewest lines that are wrong whatever follows; nothing of JSON goes over the end of a line.
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isBroken(lines.slice(0, middle).join('\n'))) high = middle
    else low = middle + 1
  }
  return { line: low, message: withoutText(message) }
}

function failureOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** Not only unfinished. */
function isBroken(start: string): boolean {
  const message = failureOf(start)
  if (message === undefined || message.includes('end of JSON input')) return false
  const position = / at position (\d+)/.exec(message)?.[1]
  return position === undefined || Number(position) < start.length
}

function withoutText(message: string): string {
  return message.replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, '').replace(/ in JSON at position .*$/s, '')
}
