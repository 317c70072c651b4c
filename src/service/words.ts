/** A command line split as a POSIX shell would, and put together again; nothing is expanded. */
import { KrunnerError } from '../errors.ts'

/** A quoted part, an escaped character, blanks, or plain characters. */
const TOKEN = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|(\s+)|([^\s'"\\]+)/gsy
const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/

/** Throws BAD_COMMAND where a quote is never closed. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let end = 0
  for (const match of line.matchAll(TOKEN)) {
    const [token, single, double, escaped, blank, plain] = match
    end = match.index + token.length
    if (blank === undefined)
      word = (word ?? '') + (single ?? double?.replace(/\\([$`"\\\n])/g, '$1') ?? escaped ?? plain ?? '')
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  if (end < line.length)
    throw KrunnerError.of('BAD_COMMAND', line, `a quote that is never closed, at ${line.slice(end)}`)
  return word === undefined ? words : [...words, word]
}

/** One word of a shell's. */
export function quoteWord(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
