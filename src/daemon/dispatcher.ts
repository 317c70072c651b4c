import { messageOf } from '../errors.ts'
import { decodeCommand } from '../protocol/codec.ts'
import { type BatchStep, type Command, FINISHED } from '../protocol/commands.ts'
import type { Status } from '../protocol/results.ts'
import type { BatchMode } from './batch-mode.ts'
import { completionPoint } from './cursor.ts'
import type { Host } from './host.ts'
import type { LinuxConsole } from './linux-console.ts'
import type { Outbox } from './outbox.ts'
import type { QueryMode } from './query-mode.ts'
import type { ServiceHost } from './service-host.ts'
import type { ServiceSetup } from './service-setup.ts'
import type { TaskQueue } from './task-queue.ts'

/** Seconds on the monotonic clock. */
const STARTED_AT = Number(process.hrtime.bigint()) / 1e9

export interface DispatcherParts {
  host: Host
  outbox: Outbox
  queue: TaskQueue
  batch: BatchMode
  query: QueryMode
  services: ServiceHost
  /** Missing: the runtime has none. */
  console(): LinuxConsole | undefined
  runtime: string
}

/** Takes each message of the agent to whom it concerns. */
export class Dispatcher {
  private readonly parts: DispatcherParts
  /** The mode whose step runs. */
  private running: BatchMode | QueryMode | undefined

  constructor(parts: DispatcherParts) {
    this.parts = parts
  }

  /** A message as it came; what is none of the protocol is logged and dropped. */
  receive(frames: readonly Uint8Array[]): void {
    let command: Command
    try {
      command = decodeCommand(frames)
    } catch (error) {
      this.parts.host.log.warn(`a message was dropped: ${messageOf(error)}`)
      return
    }
    this.handle(command)
  }

  private handle(command: Command): void {
    const { outbox, host, query } = this.parts
    switch (command.type) {
      case 'clean':
      case 'build':
      case 'exec':
        this.queueBatch(command.type, command.command)
        break
      case 'code':
        this.queueStep('code', query, () => this.runCell(command.source))
        break
      case 'input':
        host.input.answer(command.text)
        break
      case 'complete':
        void this.complete(command)
        break
      case 'interrupt':
        this.interrupt()
        break
      case 'status':
        outbox.sendNow({ type: 'status', status: this.status() })
        break
      case 'event':
        this.event(command.event)
        break
      case 'start-service':
        this.withServices(async ({ services }) => {
          const outcome = await services.start(command.service)
          outbox.sendNow({ type: 'service-result', outcome })
        })
        break
      case 'start-model-service':
        this.withServices(async ({ models }) => {
          const outcome = await models.start(command.model)
          outbox.sendNow({ type: 'model-service-result', outcome })
        })
        break
      case 'shutdown-service':
        this.withServices(({ services }) => services.stop(command.name))
        break
      case 'get-apps':
        this.withServices(({ services }) => {
          const apps = { status: 'done', data: services.list(command.name) } as const
          outbox.sendNow({ type: 'apps-result', apps })
        })
        break
    }
  }

  private queueBatch(step: BatchStep, command: string): void {
    const { batch } = this.parts
    this.queueStep(step, batch, () => batch.run(step, command))
  }

  private withServices(work: (setup: ServiceSetup) => void | Promise<void>): void {
    void this.parts.services.setUp().then(work)
  }

  private async runCell(source: string): Promise<number> {
    const { console, query } = this.parts
    return console()?.resize(source) ? 0 : query.run(source)
  }

  /** Every step ends with exactly one `*-finished`, and all of its output goes before that. */
  private queueStep(type: BatchStep | 'code', mode: BatchMode | QueryMode, run: () => Promise<number>): void {
    const { outbox, host, queue } = this.parts
    queue.push(async () => {
      this.running = mode
      host.output.begin()
      host.watch.start()
      const exitCode = await run()
      host.watch.stop()
      host.jail?.hear()
      host.output.end()
      this.running = undefined
      outbox.send({ type: FINISHED[type], exitCode })
    })
  }

  private interrupt(): void {
    if (this.running) this.running.interrupt()
    else this.parts.host.log.info('nothing runs that could be interrupted')
  }

  private async complete(command: Extract<Command, { type: 'complete' }>): Promise<void> {
    const { source, cursor } = completionPoint(command.request)
    const suggestions = await this.parts.query.complete(source, cursor)
    this.parts.outbox.sendNow({ type: 'completion', suggestions })
  }

  private status(): Status {
    const { runtime, query, queue, services } = this.parts
    const console = this.parts.console()?.ports
    return {
      started_at: STARTED_AT,
      runtime,
      query: query.state,
      queued: queue.length,
      services: services.running,
      ...(console && { console }),
    }
  }

  private event(event: { type: string; data?: unknown }): void {
    const { host } = this.parts
    const data = event.data === undefined ? '' : `: ${JSON.stringify(event.data)}`
    if (event.type !== 'oom') {
      host.log.info(`event '${event.type}'${data}`)
      return
    }
    const vanished = host.watch.vanished()
    const found =
      vanished.length > 0 ? ['these processes vanished:', ...vanished] : ['no process of ours vanished']
    host.log.warn([`out of memory${data}`, ...found].join('\n'))
  }
}
