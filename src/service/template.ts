/**
 * The templates of service definitions: Python's brace style, `{ports[0]}`, `{runtime_path}`, `{ref[out]}`, with `{{`
 * and `}}` for the braces themselves, and `${{ ... }}` with the same inside. Source: the wire protocol, "Services".
 */
import { KrunnerError } from '../errors.ts'

export type Value = string | number | readonly Value[] | { readonly [key: string]: Value }
export type Variables = Readonly<Record<string, Value>>

/** One of: `${{ field }}`, an escaped brace, `{field}`, a brace that is none of these. */
const PART = /\$\{\{(.*?)\}\}|(\{\{|\}\})|\{([^{}]*)\}|[{}]/gs
const FIELD = /^\s*([A-Za-z_][A-Za-z0-9_]*)((?:\[[^[\]]+\]|\.[A-Za-z_][A-Za-z0-9_]*)*)\s*$/
const STEP = /\[([^[\]]+)\]|\.([A-Za-z_][A-Za-z0-9_]*)/g

/** Throws BAD_TEMPLATE, which names the part. */
export function render(template: string, variables: Variables): string {
  return template.replace(PART, (part: string, long?: string, escaped?: string, short?: string) => {
    if (escaped) return escaped.slice(1)
    const field = long ?? short
    if (field === undefined) throw unusable(part, 'a brace without its other one; write {{ or }} for a brace')
    return textOf(find(field, part, variables), part)
  })
}

function find(field: string, part: string, variables: Variables): Value {
  const [, name = '', path = ''] = FIELD.exec(field) ?? []
  if (!name) throw unusable(part, 'not of the form NAME or NAME[KEY]; write {{ and }} for braces themselves')
  let value = variables[name]
  if (value === undefined || !Object.hasOwn(variables, name))
    throw unusable(part, `there is no variable '${name}'; there are ${Object.keys(variables).join(', ')}`)
  for (const [, index, attribute] of path.matchAll(STEP))
    value = step(value, (index ?? attribute ?? '').trim(), part)
  return value
}

function step(value: Value, key: string, part: string): Value {
  if (typeof value === 'string' || typeof value === 'number')
    throw unusable(part, `what '[${key}]' is asked of has no parts`)
  const found = Object.hasOwn(value, key) ? (value as Readonly<Record<string, Value>>)[key] : undefined
  if (found === undefined || (Array.isArray(value) && key === 'length'))
    throw unusable(part, `there is no '${key}'; there are ${Object.keys(value).join(', ') || 'none'}`)
  return found
}

function textOf(value: Value, part: string): string {
  if (typeof value === 'object')
    throw unusable(part, `it has parts, say which: ${Object.keys(value).join(', ') || 'it is empty'}`)
  return String(value)
}

function unusable(part: string, why: string): KrunnerError {
  return KrunnerError.of('BAD_TEMPLATE', part, why)
}
