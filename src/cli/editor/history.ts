/** What was entered before, kept over sessions: one JSON string a line, so that an entry may have many lines. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** How many entries are read; the file is cut back to them when it has twice as many. */
const KEPT = 1000

/** The file for a runtime's cells. Source: the XDG Base Directory Specification, "state". */
export function historyFile(runtime: string, env: NodeJS.ProcessEnv = process.env): string {
  const state = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(homedir(), '.local', 'state')
  return join(state, 'krunner', `history-${runtime.replace(/[^\w.-]/g, '_')}.jsonl`)
}

export class History {
  readonly #file: string | undefined
  readonly #entries: string[]

  /** Without a file, and where it can't be written, entries live as long as the session. */
  constructor(file?: string) {
    this.#file = file
    this.#entries = file ? load(file) : []
  }

  get length(): number {
    return this.#entries.length
  }

  at(index: number): string | undefined {
    return this.#entries[index]
  }

  /** The index of the last entry before `index` that has `part` in it, or -1. */
  find(part: string, index: number): number {
    return this.#entries.findLastIndex((entry, place) => place < index && entry.includes(part))
  }

  add(entry: string): void {
    if (entry.trim() === '' || this.#entries.at(-1) === entry) return
    this.#entries.push(entry)
    if (this.#file) append(this.#file, entry)
  }
}

function load(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    if (lines.length > 2 * KEPT) cutBack(file, lines)
    return lines.slice(-KEPT).flatMap(entryOf)
  } catch {
    return []
  }
}

function entryOf(line: string): string[] {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'string' ? [entry] : []
  } catch {
    return []
  }
}

function cutBack(file: string, lines: string[]): void {
  writeFileSync(`${file}.new`, `${lines.slice(-KEPT).join('\n')}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function append(file: string, entry: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
  } catch {
    // A home that can't be written is no reason to bother who types.
  }
}
