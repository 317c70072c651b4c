/** The services of a session, as an agent starts, stops and lists them. Source: the wire protocol, "Services". */
import { KrunnerError, messageOf } from '../errors.ts'
import type { App, ServiceOutcome } from '../protocol/results.ts'
import { prepare, type ServiceCommand } from './command.ts'
import type { ServiceDefinition, TerminalOptions } from './definition.ts'
import { readDefinitions } from './definitions.ts'
import { parseRequest, type ServiceRequest } from './request.ts'
import { type RunningService, ServiceProcess } from './service-process.ts'
import type { Supervisor } from './supervisor.ts'
import type { Surroundings } from './surroundings.ts'

/** The agent gives up after 35 s, ms. */
const LAUNCH_TIME = 30_000

export interface TerminalPlace extends TerminalOptions {
  readonly name: string
  readonly port: number
}

export interface ServicesParts {
  readonly around: Surroundings
  readonly supervisor: Supervisor
  /** Where the image's definitions are. */
  readonly folder: string
  /** The language's executable. */
  readonly runtimePath: string
  /** What the runtime starts without a definition. */
  known(name: string, port: number): ServiceCommand | undefined
  /** Serves a command on terminals. */
  openTerminal(command: ServiceCommand & { cwd: string }, place: TerminalPlace): Promise<RunningService>
  /** Names of these. */
  readonly knownNames: readonly string[]
}

export class Services {
  private readonly parts: ServicesParts
  /** Bad files are told once. */
  private readonly told = new Set<string>()

  constructor(parts: ServicesParts) {
    this.parts = parts
  }

  /** Never rejects. */
  async start(asked: Readonly<Record<string, unknown>>): Promise<ServiceOutcome> {
    try {
      const request = parseRequest(asked)
      return { status: await this.bring(request) }
    } catch (error) {
      return { status: 'failed', error: messageOf(error) }
    }
  }

  async stop(name: string): Promise<void> {
    if (!(await this.parts.supervisor.stop(name)))
      this.parts.around.log.warn(`service '${name}' does not run`)
  }

  /** The image's, or the one of that name. */
  list(name: string): App[] {
    return [...this.definitions()]
      .filter(([known]) => name === '' || known === name)
      .map(([known, one]) => appOf(known, one))
  }

  private async bring(request: ServiceRequest): Promise<'started' | 'running'> {
    const { name, protocol, ports } = request
    const definition = this.definitions().get(name)
    if (protocol === 'preopen' || definition?.noop) return 'started'
    const [port] = ports
    if (port === undefined) throw KrunnerError.of('BAD_SERVICE', name, "'port' is missing")
    const command = definition
      ? (signal: AbortSignal) => prepare(definition, request, this.parts, signal)
      : this.knownCommand(name, port)
    const isNew = await this.parts.supervisor.start({
      name,
      port,
      within: LAUNCH_TIME,
      start: async (signal) => {
        const started = { ...(await command(signal)), cwd: this.parts.around.work }
        if (protocol !== 'pty') return new ServiceProcess(started)
        return this.parts.openTerminal(started, {
          name,
          port,
          ...(definition?.terminal ?? { shared: false }),
        })
      },
    })
    return isNew ? 'started' : 'running'
  }

  private knownCommand(name: string, port: number): () => Promise<ServiceCommand> {
    const { known, knownNames, folder } = this.parts
    const command = known(name, port)
    if (command) return async () => command
    const names = [...this.definitions().keys(), ...knownNames]
    const why = `there is no ${name}.json in ${folder}, and the runtime knows no such service`
    throw KrunnerError.of('BAD_SERVICE', name, `${why}; there are: ${names.join(', ') || 'none'}`)
  }

  private definitions(): ReadonlyMap<string, ServiceDefinition> {
    return readDefinitions(this.parts.folder, (reason) => {
      if (!this.told.has(reason)) this.parts.around.log.warn(reason)
      this.told.add(reason)
    })
  }
}

function appOf(name: string, definition: ServiceDefinition): App {
  const { url_template, allowed_arguments, allowed_envs } = definition
  return {
    name,
    ...(url_template && { url_template }),
    ...(allowed_arguments.length > 0 && { allowed_arguments }),
    ...(allowed_envs.length > 0 && { allowed_envs }),
  }
}
