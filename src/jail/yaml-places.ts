/** YAML with the line of everything in it. */
import { isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap, type YAMLWarning } from 'yaml'
import { messageOf } from '../errors.ts'

export interface Placed {
  readonly value: unknown
  readonly errors: readonly { readonly line: number; readonly message: string }[]
  /** The line of a value; of the nearest one around it where it is not there. */
  lineOf(path: readonly PropertyKey[]): number
  /** The line of a key rather than of what it has. */
  lineOfKey(path: readonly PropertyKey[]): number
}

export function parseYaml(text: string): Placed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const lineAt = (offset: number | undefined) => Math.max(1, lines.linePos(offset ?? 0).line)
  const nodeAt = (path: readonly PropertyKey[]): unknown =>
    path.length === 0 ? document.contents : document.getIn(path, true)

  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = nodeAt(path)
    if (isNode(node) && node.range) return lineAt(node.range[0])
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1))
  }
  const wrong = [...document.errors, ...document.warnings.map(withMend)]
  const errors = wrong.map(({ pos, message }) => ({ line: lineAt(pos[0]), message }))
  let value: unknown
  try {
    if (errors.length === 0) value = document.toJS()
  } catch (error) {
    // Aliases of aliases, many times over.
    errors.push({ line: 1, message: messageOf(error) })
  }
  return {
    value,
    errors,
    lineOf,
    lineOfKey: (path) => {
      const around = nodeAt(path.slice(0, -1))
      const offset = isMap(around) ? keyOffset(around, path.at(-1)) : undefined
      return offset === undefined ? lineOf(path) : lineAt(offset)
    },
  }
}

/** The one thing that is warned of is a tag, and who writes one means an entry that begins with `!`. */
function withMend({ pos, message }: YAMLWarning): Pick<YAMLWarning, 'pos' | 'message'> {
  return { pos, message: `${message}; an entry that begins with '!' or '*' stands in quotes` }
}

function keyOffset(map: YAMLMap, key: PropertyKey | undefined): number | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key)
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}
