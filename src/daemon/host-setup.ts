import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { KrunnerError } from '../errors.ts'
import { UserInput } from '../input/user-input.ts'
import { which } from '../process/which.ts'
import { findExecutable } from '../runtime/executable.ts'
import type { FoundRuntime } from '../runtime/registry.ts'
import type { RuntimeContext } from '../runtime/runtime.ts'
import { DIST } from '../tree.ts'
import { type Config, readEnvironFile } from './config.ts'
import { droppedVariables, userEnvironment } from './environment.ts'
import type { Host } from './host.ts'
import type { SessionJail } from './jail-setup.ts'
import type { Logger } from './logger.ts'
import { ProcessWatch } from './process-watch.ts'
import type { Sending } from './sending.ts'
import { StepOutput } from './step-output.ts'

export interface HostSetup {
  readonly host: Host
  /** Why the language can't be run, where it can't. */
  readonly missing: string | undefined
}

export interface HostPlace {
  /** A folder that lives as long as the session. */
  readonly scratch: string
  readonly jailed: SessionJail | undefined
}

/** Everything that user code will run with: environment, executable, input, output. */
export function setUpHost(
  config: Config,
  { runtime, folder }: FoundRuntime,
  { gate, outbox }: Sending,
  log: Logger,
  { scratch, jailed }: HostPlace,
): HostSetup {
  const { env: fromFile, ignored } = readEnvironFile(config.config)
  Object.assign(process.env, fromFile)
  for (const line of ignored) log.warn(`environ.txt: '${line}' is no KEY=VALUE line, and was ignored`)
  const env = userEnvironment(process.env, config.work, jailed?.env)
  const dropped = jailed ? droppedVariables(process.env, jailed.env) : []
  if (dropped.length > 0) log.info(`jail: the policy keeps no variables ${dropped.join(', ')}`)
  const executable = findExecutable(runtime, config.runtimePath, env.PATH)
  const context: RuntimeContext = {
    executable: executable.path,
    folder,
    scratch,
    env,
    which: (program) => which(program, env.PATH),
  }
  for (const [key, value] of Object.entries(runtime.environment?.(context) ?? {})) env[key] ??= value
  for (const [key, folder] of Object.entries(runtime.searchPaths?.(context) ?? {}))
    env[key] = [folder, env[key]].filter(Boolean).join(delimiter)
  const hook = join(DIST, 'native', 'libkrunner-input.so')
  const input = new UserInput({
    hook: existsSync(hook) ? hook : undefined,
    channelPath: jailed && join(scratch, 'input'),
    onQuestion(isPassword) {
      gate.drain()
      outbox.send({ type: 'waiting-input', isPassword })
    },
    log,
  })
  const watch = new ProcessWatch()
  return {
    host: {
      name: runtime.title,
      context,
      work: config.work,
      output: new StepOutput(outbox),
      input,
      gate,
      watch,
      jail: jailed?.jail,
      log,
    },
    missing: executable.missing && missingExecutable(runtime.title, executable.missing),
  }
}

function missingExecutable(title: string, found: string): string {
  return KrunnerError.of('NO_EXECUTABLE', title, found, 'give the right path as RUNTIME-PATH').message
}
