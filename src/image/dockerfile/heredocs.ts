/** Here-documents: the lines after an instruction up to one that has only their name. */
import { splitWords } from './words.ts'

interface Opening {
  readonly name: string
  /** Tabs before its lines, and before its end, do not count. */
  readonly isIndented: boolean
  /** Variables in it are those of the shell, not of the build. */
  readonly isQuoted: boolean
}

export interface Heredoc extends Opening {
  readonly body: string
  /** Of the first line of the body. */
  readonly line: number
  readonly isEnded: boolean
}

const OPENING = /^\d*<<(-?)(["']?)([^<"']+)\2$/
const WITH_HEREDOCS: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD'])

export function heredocsOf(keyword: string, rest: string, escapeMark: string): Opening[] {
  const [first = ''] = /^\S+/.exec(rest.slice(0, 100)) ?? []
  const isInner = keyword === 'ONBUILD' && WITH_HEREDOCS.has(first.toUpperCase())
  if (!(WITH_HEREDOCS.has(keyword) || isInner) || !rest.includes('<<')) return []
  return splitWords(rest, escapeMark).flatMap(({ text }) => {
    const [, dash, quote, name] = OPENING.exec(text) ?? []
    return name === undefined ? [] : [{ name, isIndented: dash === '-', isQuoted: quote !== '' }]
  })
}

/** `from` and `after` count lines from 0. */
export function readHeredocs(
  openings: readonly Opening[],
  lines: readonly string[],
  from: number,
): { heredocs: Heredoc[]; after: number } {
  const heredocs: Heredoc[] = []
  let after = from
  for (const opening of openings) {
    const start = after
    const strip = (line: string) => (opening.isIndented ? line.replace(/^\t+/, '') : line)
    while (after < lines.length && strip(lines[after] ?? '') !== opening.name) after++
    const body = lines.slice(start, after).map((line) => `${strip(line)}\n`)
    heredocs.push({ ...opening, body: body.join(''), line: start + 1, isEnded: after < lines.length })
    // The first that has no end takes all that is left.
    if (after >= lines.length) break
    after++
  }
  return { heredocs, after }
}
