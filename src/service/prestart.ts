/** What a definition asks to be done before its service starts. */
import { randomUUID } from 'node:crypto'
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { capture } from '../process/capture.ts'
import { describeOutcome } from '../process/outcome.ts'
import type { Action } from './definition.ts'
import type { Surroundings } from './surroundings.ts'
import { render, type Value, type Variables } from './template.ts'

/** Runs them in order; gives `variables` and what the actions named. Throws what the first failing one says. */
export async function prestart(
  actions: readonly Action[],
  variables: Variables,
  around: Surroundings,
  signal: AbortSignal,
): Promise<Variables> {
  let known = variables
  for (const action of actions) {
    signal.throwIfAborted()
    const result = await perform(action, known, around, signal)
    if (action.ref) known = { ...known, [action.ref]: result }
  }
  return known
}

async function perform(
  action: Action,
  variables: Variables,
  around: Surroundings,
  signal: AbortSignal,
): Promise<Value> {
  const filled = (text: string) => render(text, variables)
  switch (action.action) {
    case 'write_file': {
      const { filename, body, mode, append } = action.args
      const text = body.map((line) => `${filled(line)}\n`).join('')
      return writeText(resolve(around.work, filled(filename)), text, mode, append)
    }
    case 'write_tempfile': {
      const { body, mode } = action.args
      return writeText(join(around.scratch, `${randomUUID()}.py`), body.map(filled).join(''), mode, false)
    }
    case 'run_command':
      return runCommand(action.args.command.map(filled), action.args.echo, around, signal)
    case 'mkdir': {
      const path = resolve(around.work, filled(action.args.path))
      mkdirSync(path, { recursive: true })
      return path
    }
    case 'log':
      around.log[action.args.debug ? 'debug' : 'info'](filled(action.args.message))
      return ''
  }
}

function writeText(path: string, text: string, mode: string, append: boolean): string {
  if (append) appendFileSync(path, text)
  else writeFileSync(path, text)
  // The umask has no say in it.
  chmodSync(path, Number.parseInt(mode, 8))
  return path
}

async function runCommand(
  command: readonly string[],
  echo: boolean,
  { env, work: cwd, log }: Surroundings,
  signal: AbortSignal,
): Promise<Value> {
  const argv = command as readonly [string, ...string[]]
  const { outcome, out, err } = await capture({ argv, env, cwd }, signal)
  signal.throwIfAborted()
  const said = [out, err].filter((text) => text !== '').join('\n')
  if (outcome.exitCode !== 0)
    log.warn(`prestart: '${argv.join(' ')}' ${describeOutcome(outcome)}: ${said.trimEnd()}`)
  else if (echo) log.info(`prestart: '${argv.join(' ')}': ${said.trimEnd()}`)
  return { out, err }
}
