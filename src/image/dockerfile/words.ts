/** The words of an instruction, with their quotes and escapes as they were. */

export interface Word {
  readonly text: string
  /** In what was split. */
  readonly offset: number
}

export function splitWords(text: string, escapeMark: string): Word[] {
  const words: Word[] = []
  let start: number | undefined
  let quote: string | undefined
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] ?? ''
    if (quote === undefined && isBlank(mark)) {
      if (start !== undefined) words.push({ text: text.slice(start, at), offset: start })
      start = undefined
      continue
    }
    start ??= at
    // In single quotes it is a character like others.
    if (mark === escapeMark && quote !== "'") at++
    else if (mark === quote) quote = undefined
    else if (quote === undefined && (mark === '"' || mark === "'")) quote = mark
  }
  if (start !== undefined) words.push({ text: text.slice(start), offset: start })
  return words
}

function isBlank(mark: string): boolean {
  return mark === ' ' || mark === '\t' || mark === '\v' || mark === '\f' || mark === '\r'
}

export interface Pair {
  readonly name: Word
  readonly value: Word
}

/**
 * `NAME=VALUE ...`, or the old form `NAME VALUE` whose value is the rest of the line. `odd` is the first word
 * that is neither.
 */
export function splitPairs(text: string, escapeMark: string): { pairs: Pair[]; odd?: Word } {
  const words = splitWords(text, escapeMark)
  const [first, second] = words
  if (!first) return { pairs: [] }
  if (!first.text.includes('=')) {
    if (!second) return { pairs: [], odd: first }
    return {
      pairs: [{ name: first, value: { text: text.slice(second.offset).trimEnd(), offset: second.offset } }],
    }
  }
  const odd = words.find((word) => !word.text.includes('='))
  const pairs = words.filter((word) => word.text.includes('=')).map(splitPair)
  return odd ? { pairs, odd } : { pairs }
}

function splitPair({ text, offset }: Word): Pair {
  const end = text.indexOf('=')
  return {
    name: { text: text.slice(0, end), offset },
    value: { text: text.slice(end + 1), offset: offset + end + 1 },
  }
}
