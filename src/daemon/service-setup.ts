import type { Runtime } from '../runtime/runtime.ts'
import { Models } from '../service/models.ts'
import { Services } from '../service/services.ts'
import { Supervisor } from '../service/supervisor.ts'
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
  { context, work, log }: Host,
  outbox: Outbox,
  { folder, host, ownPorts }: ServicePlaces,
): ServiceSetup {
  const supervisor = new Supervisor(log, ownPorts)
  const shared = { around: { env: context.env, work, log }, supervisor, runtimePath: context.executable }
  const known = runtime.services ?? []
  return {
    supervisor,
    services: new Services({
      ...shared,
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
