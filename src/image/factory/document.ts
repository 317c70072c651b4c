/** A YAML document that knows the line of each of its parts, and what is wrong with them. */
import { type Document, isMap, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { KrunnerError } from '../../errors.ts'

export type Path = readonly (string | number)[]

export interface Problem {
  readonly path: Path
  /** What is wrong, and the mend. */
  readonly message: string
}

export class ManifestDocument {
  readonly #lines = new LineCounter()
  readonly #document: Document.Parsed
  readonly file: string

  /** Throws BAD_MANIFEST where the text is no YAML. */
  constructor(file: string, text: string) {
    this.file = file
    // Nothing but text: to YAML's usual schema a version 1.10 is the number 1.1.
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      schema: 'failsafe',
      prettyErrors: false,
    })
    const found = this.#document.errors.map(({ pos, message }) => `${this.#at(pos[0])}: ${message}`)
    if (found.length > 0) throw KrunnerError.of('BAD_MANIFEST', found.join('\n'))
  }

  get value(): unknown {
    return this.#document.toJS()
  }

  /** `file:line:column` of that part, or of the nearest around it that is there. */
  place(path: Path): string {
    return this.#at(offsetOf(this.#document.contents, path) ?? 0)
  }

  error(problems: readonly Problem[]): KrunnerError {
    const lines = problems.map(({ path, message }) => `${this.place(path)}: ${path.join('.')} ${message}`)
    return KrunnerError.of('BAD_MANIFEST', lines.join('\n'))
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset)
    return `${this.file}:${line}:${col}`
  }
}

function offsetOf(node: unknown, [key, ...rest]: Path): number | undefined {
  if (key === undefined) return startOf(node)
  if (isMap(node)) {
    const pair = node.items.find((item) => String(item.key) === String(key))
    return pair ? ((rest.length > 0 ? offsetOf(pair.value, rest) : undefined) ?? keyOf(pair)) : startOf(node)
  }
  if (isSeq(node)) return offsetOf(node.items[Number(key)], rest) ?? startOf(node)
  return startOf(node)
}

/** People look for the key, also where the value is at fault. */
function keyOf({ key }: Pair): number | undefined {
  return startOf(key)
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0]
}
