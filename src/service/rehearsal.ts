/** What would go wrong with a definition's templates when it is started, found without doing any of it. */
import { messageOf } from '../errors.ts'
import type { Action, DefinitionIssue, ServiceDefinition } from './definition.ts'
import { render, type Value, type Variables } from './template.ts'

interface Template {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

/** In the order of a start: what an action names is known to what comes after it. */
export function rehearse(definition: ServiceDefinition, ports: readonly number[]): DefinitionIssue[] {
  const issues: DefinitionIssue[] = []
  let known: Variables = { ports, runtime_path: '/usr/bin/true' }
  const fill = (templates: readonly Template[]) => {
    for (const { path, text } of templates) {
      try {
        render(text, known)
      } catch (error) {
        issues.push({ path, message: messageOf(error) })
      }
    }
  }
  for (const [index, action] of definition.prestart.entries()) {
    fill(templatesOf(action, ['prestart', index, 'args']))
    if (action.ref) known = { ...known, [action.ref]: resultOf(action) }
  }
  fill(Object.entries(definition.env).flatMap(([key, value]) => both(key, value)))
  fill(several(definition.command, ['command']))
  return issues
}

function both(key: string, value: string): Template[] {
  const path = ['env', key]
  return [
    { path, text: key },
    { path, text: value },
  ]
}

function templatesOf(action: Action, path: readonly PropertyKey[]): Template[] {
  switch (action.action) {
    case 'write_file':
      return [
        ...several(action.args.filename, [...path, 'filename']),
        ...several(action.args.body, [...path, 'body']),
      ]
    case 'write_tempfile':
      return several(action.args.body, [...path, 'body'])
    case 'run_command':
      return several(action.args.command, [...path, 'command'])
    case 'mkdir':
      return several(action.args.path, [...path, 'path'])
    case 'log':
      return several(action.args.message, [...path, 'message'])
  }
}

function several(texts: string | readonly string[], path: readonly PropertyKey[]): Template[] {
  if (typeof texts === 'string') return [{ path, text: texts }]
  return texts.map((text, index) => ({ path: [...path, index], text }))
}

function resultOf({ action }: Action): Value {
  return action === 'run_command' ? { out: '', err: '' } : ''
}
