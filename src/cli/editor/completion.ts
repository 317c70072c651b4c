/** What Tab does with suggestions, each the whole replacement for the word before the cursor. */
import { textWidth } from './width.ts'

export interface Completed {
  /** How many characters before the cursor to replace, and with what. */
  remove: number
  insert: string
  /** More than one fits: what to show. */
  choices: string[]
}

const WORD_END = /[\p{L}\p{N}_$]$/u

/** `before` is the line's text up to the cursor. */
export function completionOf(before: string, suggestions: readonly string[]): Completed | undefined {
  const unique = [...new Set(suggestions)].filter(Boolean)
  const [first] = unique
  if (first === undefined) return undefined
  const remove = Math.max(...unique.map((suggestion) => overlap(before, suggestion)))
  const typed = before.slice(before.length - remove)
  // They replace a word whose start we can't tell: better shown than inserted at the wrong place.
  if (remove === 0 && WORD_END.test(before)) return { remove: 0, insert: '', choices: unique }
  if (unique.length === 1) return { remove, insert: first, choices: [] }
  const common = commonStart(unique)
  return { remove, insert: common.length > typed.length ? common : typed, choices: unique }
}

/** How many characters at the end of `before` start the suggestion, in whatever case. */
function overlap(before: string, suggestion: string): number {
  const typed = before.toLowerCase()
  const wanted = suggestion.toLowerCase()
  let length = Math.min(typed.length, wanted.length)
  while (length > 0 && !typed.endsWith(wanted.slice(0, length))) length--
  return length
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...rest] = texts
  let length = first.length
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}

/** How many choices are shown before a line that says how many more there are. */
const MOST_CHOICES = 200

/** In columns, read downwards, without the part before the last dot that all share. */
export function choicesText(choices: readonly string[], columns: number): string {
  const shared = commonStart(choices).lastIndexOf('.') + 1
  const names = choices.slice(0, MOST_CHOICES).map((choice) => choice.slice(shared))
  const width = Math.max(...names.map(textWidth)) + 2
  const perRow = Math.max(1, Math.floor(columns / width))
  const height = Math.ceil(names.length / perRow)
  const rows = Array.from({ length: height }, (_, row) =>
    names
      .filter((_, index) => index % height === row)
      .map((name) => name + ' '.repeat(width - textWidth(name)))
      .join('')
      .trimEnd(),
  )
  const more = choices.length - names.length
  return rows.join('\n') + (more > 0 ? `\n... and ${more} more` : '')
}
