/**
 * Finds the names in a template that nothing defines. nunjucks itself notices them only where they are printed:
 * `{% if typo %}` and `{% for x in typo %}` would be silently nothing.
 */
import nunjucks from 'nunjucks'
import { KrunnerError } from '../../errors.ts'

/** A node of nunjucks' syntax tree, of which its own types tell little. */
interface SyntaxNode {
  readonly lineno: number
  readonly colno: number
  readonly typename: string
  readonly value?: unknown
  readonly name?: SyntaxNode
  readonly args?: SyntaxNode
  readonly arr?: SyntaxNode
  readonly targets?: readonly SyntaxNode[]
  readonly template?: SyntaxNode
  readonly children?: readonly SyntaxNode[]
  readonly fields: readonly string[]
}

const { parser } = nunjucks as unknown as {
  parser: { parse(source: string, extensions: [], options: object): SyntaxNode }
}

/** What Jinja itself has. */
const BUILT_IN = ['loop', 'true', 'false', 'none', 'range', 'caller', 'super', 'not', 'and', 'or']

/** What the parser throws: lines and columns count from 1 there. */
interface SyntaxProblem {
  readonly lineno?: number
  readonly colno?: number
  readonly message: string
}

type Read = (file: string) => string

/** `file:line:column: ...` for each, of this template and of what it includes. */
export function unknownNames(file: string, read: Read, known: readonly string[]): string[] {
  return new Search(read).of(file, [...BUILT_IN, ...known])
}

class Search {
  readonly #read: Read
  readonly #seen = new Set<string>()
  #problems: string[] = []

  constructor(read: Read) {
    this.#read = read
  }

  of(file: string, known: readonly string[]): string[] {
    // A template that includes itself under the same names has been looked at.
    const key = [file, ...known].join(' ')
    if (this.#seen.has(key)) return this.#problems
    this.#seen.add(key)
    const root = this.#parse(file)
    if (!root) return this.#problems
    this.#walk(root, file, new Set([...known, ...definedIn(root)]))
    return this.#problems
  }

  #parse(file: string): SyntaxNode | undefined {
    try {
      return parser.parse(this.#read(file), [], { trimBlocks: true, lstripBlocks: true })
    } catch (error) {
      if (error instanceof KrunnerError) throw error
      const { lineno = 0, colno = 0, message } = error as SyntaxProblem
      this.#problems.push(`${file}:${lineno}:${colno}: ${message.split('\n').at(-1)?.trim()}`)
      return undefined
    }
  }

  #walk(node: SyntaxNode, file: string, known: ReadonlySet<string>): void {
    if (node.typename === 'Symbol' && !known.has(String(node.value)))
      this.#problems.push(
        `${file}:${node.lineno + 1}:${node.colno + 1}: '${node.value}' is not defined; there is ${[...known].filter((name) => !BUILT_IN.includes(name)).join(', ')}`,
      )
    if (node.typename === 'Include' && typeof node.template?.value === 'string')
      this.of(node.template.value, [...known])
    for (const child of childrenOf(node)) this.#walk(child, file, known)
  }
}

/** Names that `set`, `for` and macros make, wherever in the template. */
function definedIn(node: SyntaxNode): string[] {
  const here = {
    For: () => symbolsIn(node.name),
    Set: () => (node.targets ?? []).flatMap(symbolsIn),
    Macro: () => [...symbolsIn(node.name), ...symbolsIn(node.args)],
  }[node.typename]
  return [...(here?.() ?? []), ...childrenOf(node).flatMap(definedIn)]
}

function symbolsIn(node: SyntaxNode | undefined): string[] {
  if (!node) return []
  return node.typename === 'Symbol' ? [String(node.value)] : childrenOf(node).flatMap(symbolsIn)
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const values = node.fields.flatMap((field) => node[field as keyof SyntaxNode] as unknown)
  // The name of a filter is none of the template's.
  const skipped = node.typename === 'Filter' || node.typename === 'FilterAsync' ? node.name : undefined
  return values.filter((value): value is SyntaxNode => isNode(value) && value !== skipped)
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'typename' in value
}
