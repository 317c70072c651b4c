/** Model services: each in a folder of its own, with a health that the agent hears of. Source: the wire protocol, "Services". */
import { messageOf } from '../errors.ts'
import type { ServiceOutcome } from '../protocol/results.ts'
import { prepare } from './command.ts'
import { definitionOf } from './definition.ts'
import { watchHealth } from './model-health.ts'
import { type ModelRequest, parseModelRequest } from './model-request.ts'
import { type RunningService, ServiceProcess } from './service-process.ts'
import type { Supervisor } from './supervisor.ts'
import type { Surroundings } from './surroundings.ts'

export interface ModelsParts {
  readonly around: Surroundings
  readonly supervisor: Supervisor
  /** The language's executable. */
  readonly runtimePath: string
  /** A model's health is known, or has changed. */
  onHealth(model: string, isHealthy: boolean): void
}

export class Models {
  private readonly parts: ModelsParts

  constructor(parts: ModelsParts) {
    this.parts = parts
  }

  /** Never rejects. A model may take its time to load: it has started once its process runs. */
  async start(asked: Readonly<Record<string, unknown>>): Promise<ServiceOutcome> {
    try {
      const request = parseModelRequest(asked)
      const { port } = request.service
      const isNew = await this.parts.supervisor.start({
        name: `${request.name}-${port}`,
        port,
        start: (signal) => this.launch(request, signal),
      })
      return { status: isNew ? 'started' : 'running' }
    } catch (error) {
      return { status: 'failed', error: messageOf(error) }
    }
  }

  private async launch(request: ModelRequest, signal: AbortSignal): Promise<RunningService> {
    const { name, model_path: cwd, service } = request
    const { start_command: command, shell, pre_start_actions, port } = service
    const definition = { ...definitionOf({ command, shell }), prestart: pre_start_actions }
    const asked = { name, ports: [port], arguments: {}, envs: {} }
    const parts = { ...this.parts, around: { ...this.parts.around, work: cwd } }
    const running = new ServiceProcess({ ...(await prepare(definition, asked, parts, signal)), cwd })
    this.watch(request, running)
    return running
  }

  /** Only changes are told. */
  private watch(
    { name, service: { health_check: check, port } }: ModelRequest,
    running: RunningService,
  ): void {
    let told: boolean | undefined
    const tell = (isHealthy: boolean) => {
      if (isHealthy !== told) this.parts.onHealth(name, isHealthy)
      told = isHealthy
    }
    const gone = new AbortController()
    void running.ended.then(() => {
      gone.abort()
      tell(false)
    })
    if (check?.enable) void watchHealth(port, check, tell, gone.signal)
    else setImmediate(() => !gone.signal.aborted && tell(true))
  }
}
