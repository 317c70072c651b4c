/** The lines of a Dockerfile as instructions: continuations joined, comments gone, here-documents taken out. */
import { type Heredoc, heredocsOf, readHeredocs } from './heredocs.ts'

export interface Instruction {
  /** In capitals. */
  readonly keyword: string
  /** What follows the keyword. */
  readonly rest: string
  readonly line: number
  /** The line that a place in `rest` came from. */
  lineAt(offset: number): number
  readonly heredocs: readonly Heredoc[]
}

export interface DockerfileProblem {
  readonly line: number
  readonly what: string
  readonly mend: string
}

export interface ParsedDockerfile {
  readonly instructions: readonly Instruction[]
  /** What stands before a character or an end of line that is meant otherwise. */
  readonly escapeMark: string
  readonly problems: readonly DockerfileProblem[]
}

/** A line of several that are one, and where it begins in the whole. */
interface Piece {
  readonly offset: number
  readonly line: number
}

const DIRECTIVE = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/
const COMMENT = /^\s*#/

export function parseDockerfile(source: string): ParsedDockerfile {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/)
  const problems: DockerfileProblem[] = []
  const escapeMark = escapeMarkOf(lines, problems)
  const instructions: Instruction[] = []
  for (let index = 0; index < lines.length; ) {
    const { text, pieces, next } = joinLines(lines, index, escapeMark)
    index = next
    const found = pieces.length > 0 ? splitKeyword(text, pieces) : undefined
    if (!found) continue
    const { heredocs, after } = readHeredocs(heredocsOf(found.keyword, found.rest, escapeMark), lines, index)
    index = after
    for (const { name, isEnded } of heredocs)
      if (!isEnded)
        problems.push({
          line: found.line,
          what: `the here-document ${name} has no end`,
          mend: `write a line ${name} after it`,
        })
    instructions.push({ ...found, heredocs })
  }
  return { instructions, escapeMark, problems }
}

/** Directives stand before everything else; the first line that is none ends them. */
function escapeMarkOf(lines: readonly string[], problems: DockerfileProblem[]): string {
  for (const [index, line] of lines.entries()) {
    const [, name, value = ''] = DIRECTIVE.exec(line.slice(0, 200)) ?? []
    if (name === undefined) break
    if (name.toLowerCase() !== 'escape') continue
    if (value === '\\' || value === '`') return value
    problems.push({
      line: index + 1,
      what: `'${value.slice(0, 20)}' is no escape character`,
      mend: 'write # escape=` or # escape=\\',
    })
  }
  return '\\'
}

/** Of no pieces where there is a comment or nothing. */
function joinLines(
  lines: readonly string[],
  from: number,
  escapeMark: string,
): { text: string; pieces: Piece[]; next: number } {
  const texts: string[] = []
  const pieces: Piece[] = []
  let offset = 0
  let index = from
  for (; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const isLeftOut = COMMENT.test(line) || line.trim() === ''
    // Inside of a continuation they are as if they were not there.
    if (isLeftOut && pieces.length > 0) continue
    if (isLeftOut) break
    const goesOn = goesOnAfter(line, escapeMark)
    const text = goesOn === undefined ? line : line.slice(0, goesOn)
    pieces.push({ offset, line: index + 1 })
    texts.push(text)
    offset += text.length
    if (goesOn === undefined) break
  }
  return { text: texts.join(''), pieces, next: index + 1 }
}

/** Where the escape character is that joins the next line to this one. */
function goesOnAfter(line: string, escapeMark: string): number | undefined {
  let end = line.length - 1
  while (line[end] === ' ' || line[end] === '\t') end--
  return line[end] === escapeMark && line[end - 1] !== escapeMark ? end : undefined
}

function splitKeyword(text: string, pieces: readonly Piece[]): Omit<Instruction, 'heredocs'> | undefined {
  const start = text.length - text.trimStart().length
  const end = start + (/^\S+/.exec(text.slice(start, start + 1000))?.[0].length ?? 0)
  if (end === start) return undefined
  const rest = text.slice(end).trimStart()
  const shift = text.length - rest.length
  return {
    keyword: text.slice(start, end).toUpperCase(),
    rest: rest.trimEnd(),
    line: lineIn(pieces, start),
    lineAt: (offset) => lineIn(pieces, offset + shift),
  }
}

/** By halves: there may be a hundred thousand. */
function lineIn(pieces: readonly Piece[], offset: number): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return pieces[low]?.line ?? 1
}

/** What an ONBUILD has in it. */
export function innerInstruction({ rest, lineAt, heredocs }: Instruction): Instruction | undefined {
  const keyword = /^\S+/.exec(rest)?.[0]
  if (keyword === undefined) return undefined
  const inner = rest.slice(keyword.length).trimStart()
  const shift = rest.length - inner.length
  return {
    keyword: keyword.toUpperCase(),
    rest: inner,
    line: lineAt(0),
    lineAt: (offset) => lineAt(offset + shift),
    heredocs,
  }
}
