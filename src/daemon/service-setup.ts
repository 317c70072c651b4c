import { KrunnerError } from '../errors.ts'
import { which } from '../process/which.ts'
import type { SessionCommand } from '../pty/session.ts'
import { TerminalServer, type TerminalServerOptions } from '../pty/terminal-server.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { Models } from '../service/models.ts'
import { Services } from '../service/services.ts'
import { Supervisor } from '../service/supervisor.ts'
import type { Surroundings } from '../service/surroundings.ts'
import type { Host } from './host.ts'
import type { Outbox } from './outbox.ts'

export interface ServiceSetup {
  readonly services: Services
  readonly models: Models
  readonly supervisor: Supervisor
}

export interface ServicePlaces {
  /** Where the image's definitions are. */
  readonly folder: string
  /** The address that services listen at, where the runner says it. */
  readonly host: string
  /** The runner's own ports at this moment. */
  ownPorts(): readonly number[]
}

/** All that can be started besides batch and query. */
export function setUpServices(
  runtime: Runtime,
  session: Host,
  outbox: Outbox,
  { folder, host, ownPorts }: ServicePlaces,
): ServiceSetup {
  const { context, work, log } = session
  const supervisor = new Supervisor(log, ownPorts)
  const shared = { around: surroundingsOf(session), supervisor, runtimePath: context.executable }
  const known = runtime.services ?? []
  return {
    supervisor,
    services: new Services({
      ...shared,
      openTerminal: (command, { name, port, shared: isShared, token }) =>
        openTerminal(command, { host, port, title: name, isShared, token }),
      folder,
      knownNames: known.map(({ name }) => name),
      known(name, port) {
        const command = known.find((one) => one.name === name)?.command({ host, port, work }, context)
        return command && { argv: command.argv, env: { ...context.env, ...command.env } }
      },
    }),
    models: new Models({
      ...shared,
      onHealth: (modelName, isHealthy) => outbox.send({ type: 'model-service-status', modelName, isHealthy }),
    }),
  }
}

export function surroundingsOf({ context, work, log }: Host): Surroundings {
  return { env: context.env, work, scratch: context.scratch, log }
}

/** What cannot be run is told when the service is started, not to each viewer. */
export async function openTerminal(
  { argv, env, cwd }: SessionCommand,
  options: Omit<TerminalServerOptions, 'command'>,
): Promise<TerminalServer> {
  if (!which(argv[0], env.PATH, cwd))
    throw KrunnerError.of('SPAWN', argv[0], 'there is no such executable file')
  return TerminalServer.open({ ...options, command: { argv, cwd, env } })
}
