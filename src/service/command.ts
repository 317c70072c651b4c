/** The process that a definition makes of a caller's request. */
import { KrunnerError } from '../errors.ts'
import { which } from '../process/which.ts'
import type { ArgumentValue, ServiceDefinition } from './definition.ts'
import { prestart } from './prestart.ts'
import type { ServiceRequest } from './request.ts'
import type { Surroundings } from './surroundings.ts'
import { render, type Variables } from './template.ts'
import { quoteWord, splitWords } from './words.ts'

export interface ServiceCommand {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
}

/** What a caller asks for, whatever has the port. */
export type Asked = Pick<ServiceRequest, 'name' | 'ports' | 'arguments' | 'envs'>

/** Does what is to be done before. Throws BAD_SERVICE where the caller may not have what it asks for, BAD_TEMPLATE, and what an action says. */
export async function prepare(
  definition: ServiceDefinition,
  asked: Asked,
  { around, runtimePath }: { around: Surroundings; runtimePath: string },
  signal: AbortSignal,
): Promise<ServiceCommand> {
  const given = { ports: asked.ports, runtime_path: runtimePath }
  const variables = await prestart(definition.prestart, given, around, signal)
  return commandOf(definition, asked, variables, around.env)
}

function commandOf(
  definition: ServiceDefinition,
  request: Asked,
  variables: Variables,
  env: Readonly<Record<string, string>>,
): ServiceCommand {
  const set = Object.fromEntries(
    Object.entries(definition.env).map(([key, value]) => [render(key, variables), render(value, variables)]),
  )
  const whole = { ...env, ...callersVariables(definition, request, env), ...set }
  const added = Object.entries({ ...definition.default_arguments, ...callersArguments(definition, request) })
  const words = added.flatMap(([name, value]) => [name, ...valuesOf(value)])
  return { argv: argvOf(definition, words, variables, whole.PATH), env: whole }
}

function argvOf(
  { command, shell }: ServiceDefinition,
  added: readonly string[],
  variables: Variables,
  path: string | undefined,
): readonly [string, ...string[]] {
  if (typeof command !== 'string')
    return [...command.map((word) => render(word, variables)), ...added] as [string, ...string[]]
  const line = render(command, variables)
  if (shell === '') return [...splitWords(line), ...added] as [string, ...string[]]
  return [shellOf(shell, path), '-c', [line, ...added.map(quoteWord)].join(' ')]
}

/** The default is not in every image; a plain shell is as good for a plain line. */
function shellOf(shell: string, path: string | undefined): string {
  return shell === 'bash' && !which(shell, path) ? 'sh' : shell
}

function valuesOf(value: ArgumentValue): readonly string[] {
  if (value === null) return []
  return typeof value === 'string' ? [value] : value
}

function callersArguments(
  { allowed_arguments: allowed }: ServiceDefinition,
  { name, arguments: asked }: Asked,
) {
  const denied = Object.keys(asked).filter((argument) => !allowed.includes(argument))
  if (denied.length > 0)
    throw KrunnerError.of(
      'BAD_SERVICE',
      name,
      `the argument ${denied.join(', ')} is not allowed; ${list(allowed)}`,
    )
  return asked
}

function callersVariables(
  { allowed_envs: allowed }: ServiceDefinition,
  { name, envs: asked }: Asked,
  env: Readonly<Record<string, string>>,
) {
  for (const variable of Object.keys(asked)) {
    if (!allowed.includes(variable))
      throw KrunnerError.of('BAD_SERVICE', name, `the variable ${variable} is not allowed; ${list(allowed)}`)
    if (Object.hasOwn(env, variable))
      throw KrunnerError.of(
        'BAD_SERVICE',
        name,
        `the variable ${variable} is set in the session, and cannot be overwritten`,
      )
  }
  return asked
}

function list(allowed: readonly string[]): string {
  return allowed.length > 0 ? `allowed are ${allowed.join(', ')}` : 'none is'
}
