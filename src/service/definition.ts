/** What a service definition file says. Source: the wire protocol, "Services". */
import * as v from 'valibot'
import { KrunnerError, messageOf } from '../errors.ts'
import { nearest } from '../nearest.ts'

const text = v.string()
const texts = v.array(v.string())
const textMap = v.record(v.string(), v.string())
const mode = v.optional(
  v.pipe(v.string(), v.regex(/^[0-7]{3,4}$/, 'no octal file mode such as "644"')),
  '644',
)
const lines = v.union([
  texts,
  v.pipe(
    text,
    v.transform((one) => [one]),
  ),
])
/** A result can be named, and is then a variable. */
const ref = v.optional(v.pipe(text, v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'no name of a variable')))

const action = v.variant('action', [
  v.strictObject({
    action: v.literal('write_file'),
    args: v.strictObject({ filename: text, body: lines, mode, append: v.optional(v.boolean(), false) }),
    ref,
  }),
  v.strictObject({ action: v.literal('write_tempfile'), args: v.strictObject({ body: lines, mode }), ref }),
  v.strictObject({
    action: v.literal('run_command'),
    args: v.strictObject({
      command: v.pipe(texts, v.minLength(1, 'an empty command')),
      echo: v.optional(v.boolean(), false),
    }),
    ref,
  }),
  v.strictObject({ action: v.literal('mkdir'), args: v.strictObject({ path: text }), ref }),
  v.strictObject({
    action: v.literal('log'),
    args: v.strictObject({ message: text, debug: v.optional(v.boolean(), false) }),
    ref,
  }),
])

export type Action = v.InferOutput<typeof action>
export const actions = v.array(action)

/** An argument alone, with a value, or with several. */
export const argumentValue = v.nullable(v.union([text, texts]))
export type ArgumentValue = v.InferOutput<typeof argumentValue>

const definition = v.strictObject({
  command: v.optional(v.union([v.pipe(text, v.minLength(1, 'an empty command')), texts]), []),
  shell: v.optional(text, 'bash'),
  noop: v.optional(v.boolean(), false),
  url_template: v.optional(text, ''),
  prestart: v.optional(actions, []),
  env: v.optional(textMap, {}),
  allowed_envs: v.optional(texts, []),
  allowed_arguments: v.optional(texts, []),
  default_arguments: v.optional(v.record(v.string(), argumentValue), {}),
  // Ours: of a service whose protocol is `pty`.
  terminal: v.optional(
    v.strictObject({
      shared: v.optional(v.boolean(), false),
      token: v.optional(v.pipe(text, v.minLength(1))),
    }),
    {},
  ),
})

/** How viewers of a terminal have it. */
export type TerminalOptions = v.InferOutput<typeof definition>['terminal']
export type ServiceDefinition = v.InferOutput<typeof definition>
export type DefinitionInput = v.InferInput<typeof definition>

/** The definition of a service that has no file: what is not said is as in one that does not say it. */
export function definitionOf(said: DefinitionInput): ServiceDefinition {
  return v.parse(definition, said)
}

/** Throws BAD_DEFINITION, which names the field. `file` is for the message. */
export function parseDefinition(file: string, content: string): ServiceDefinition {
  let data: unknown
  try {
    data = JSON.parse(content)
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_DEFINITION', file, `it is no JSON: ${messageOf(error)}`)
  }
  const issues = definitionIssues(data)
  if (issues.length === 0) return definitionOf(data as DefinitionInput)
  const told = issues.map(({ path, message }) =>
    path.length > 0 ? `'${path.join('.')}': ${message}` : message,
  )
  throw KrunnerError.of('BAD_DEFINITION', file, told.join('; '))
}

export interface DefinitionIssue {
  /** Keys, and places in lists; empty: the whole. */
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What is wrong with a definition's JSON; none: it can be used. */
export function definitionIssues(data: unknown): DefinitionIssue[] {
  const found = v.safeParse(definition, data)
  if (!found.success) return found.issues.map(asIssue)
  const { command, noop } = found.output
  if (command.length > 0 || noop) return []
  return [{ path: [], message: "'command' is missing; a service that starts nothing has 'noop': true" }]
}

function asIssue(issue: v.BaseIssue<unknown>): DefinitionIssue {
  const path = (issue.path ?? []).map(({ key }) => key as PropertyKey)
  if (path.length === 0) return { path, message: `'the whole': ${issue.message}` }
  if (issue.expected !== 'never') return { path, message: issue.message }
  const near = path.length === 1 ? nearest(String(path[0]), Object.keys(definition.entries)) : undefined
  return { path, message: near ? `there is no such key; was '${near}' meant?` : 'there is no such key' }
}

/** "'prestart.0.args.mode': ...", for each. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `'${v.getDotPath(issue) ?? 'the whole'}': ${issue.message}`).join('; ')
}
