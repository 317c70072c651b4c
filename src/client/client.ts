/** An agent's side of the protocol: sends commands, and gives the results of each step to who sent it. */
import { KrunnerError } from '../errors.ts'
import { decodeResult, encodeCommand } from '../protocol/codec.ts'
import {
  type BatchStep,
  type Command,
  type CompleteRequest,
  FINISHED,
  type ServiceInfo,
} from '../protocol/commands.ts'
import type { App, Result, ServiceOutcome, Status } from '../protocol/results.ts'
import { Gate } from './gate.ts'
import { type Address, type SocketOptions, Sockets } from './sockets.ts'
import type { StepHandlers, StepResult } from './step.ts'
import { StepQueue } from './steps.ts'

export interface ClientOptions extends SocketOptions {
  /** Told of a message that is not of the protocol; it is then dropped. Default: a warning of the process. */
  onProblem?: (error: Error) => void
}

export type ResultListener = (result: Result) => void | Promise<void>

/** What to send for each batch step: a shell command, `*` for the runtime's own way, or empty to skip. */
export type BatchCommands = Partial<Record<BatchStep, string>>
export type BatchResult = Record<BatchStep, StepResult>

type Waiter<T> = PromiseWithResolvers<T>

export class Client {
  readonly #sockets: Sockets
  readonly #onProblem: (error: Error) => void
  readonly #listeners = new Set<ResultListener>()
  readonly #steps = new StepQueue((text) => this.input(text))
  readonly #completions: Waiter<string[]>[] = []
  readonly #statuses: Waiter<Status>[] = []
  readonly #services: Waiter<ServiceOutcome>[] = []
  readonly #models: Waiter<ServiceOutcome>[] = []
  readonly #apps: Waiter<App[]>[] = []
  /** Answers do not say which service they are about: one is started after the other. */
  #starting: Promise<unknown> = Promise.resolve()
  readonly #gate = new Gate()
  /** Why it is closed. */
  #closed: Error | undefined

  private constructor(address: Address, options: ClientOptions) {
    this.#sockets = new Sockets(address, options)
    this.#onProblem = options.onProblem ?? ((error) => process.emitWarning(error))
    void this.#read()
  }

  /**
   * Resolves at once: the sockets connect, and connect again, in the background, and what is sent
   * meanwhile waits. Ask for `status()` to know that a runner is there.
   */
  static async connect(address: Address, options: ClientOptions = {}): Promise<Client> {
    return new Client(address, options)
  }

  /** Resolves when the command is on its way, not when it is answered. */
  send(command: Command): Promise<void> {
    return this.sendRaw(...encodeCommand(command))
  }

  /** Any frames, also those that no agent would send. */
  async sendRaw(...frames: Uint8Array[]): Promise<void> {
    if (this.#closed) throw this.#closed
    await this.#sockets.send(frames)
  }

  /**
   * Every result in order of arrival. A listener that returns a promise holds back the reading of the next
   * result, so it must not wait for an answer of this client. Returns the way to unsubscribe.
   */
  onResult(listener: ResultListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Runs a cell in the persistent context. Cells may be sent while others run: they queue. */
  run(source: string, handlers: StepHandlers = {}): Promise<StepResult> {
    return this.#step({ type: 'code', source }, handlers)
  }

  /** Sends the three batch steps back to back, as an agent does. What is not named is skipped. */
  async batch(commands: BatchCommands, handlers: StepHandlers = {}): Promise<BatchResult> {
    const step = (type: BatchStep) => this.#step({ type, command: commands[type] ?? '' }, handlers)
    const [clean, build, exec] = await Promise.all([step('clean'), step('build'), step('exec')])
    return { clean, build, exec }
  }

  #step(command: Extract<Command, { type: keyof typeof FINISHED }>, handlers: StepHandlers) {
    if (this.#closed) return Promise.reject(this.#closed)
    const result = this.#steps.add(FINISHED[command.type], handlers)
    void this.send(command).catch(this.#onProblem)
    return result
  }

  /** What may stand at the place that the request names. */
  complete(request: CompleteRequest): Promise<string[]> {
    return this.#answered(this.#completions, { type: 'complete', request })
  }

  status(): Promise<Status> {
    return this.#answered(this.#statuses, { type: 'status' })
  }

  /** Settles when it serves, or has failed to. */
  startService(service: ServiceInfo): Promise<ServiceOutcome> {
    return this.#inTurn(() =>
      this.#answered(this.#services, { type: 'start-service', service: { ...service } }),
    )
  }

  /** Settles when the command is on its way: there is no answer to it. */
  stopService(name: string): Promise<void> {
    return this.send({ type: 'shutdown-service', name })
  }

  startModel(model: Record<string, unknown>): Promise<ServiceOutcome> {
    return this.#inTurn(() => this.#answered(this.#models, { type: 'start-model-service', model }))
  }

  /** The services that the image defines; of one name, or all. */
  apps(name = ''): Promise<App[]> {
    return this.#answered(this.#apps, { type: 'get-apps', name })
  }

  #inTurn<T>(start: () => Promise<T>): Promise<T> {
    const started = this.#starting.then(start)
    this.#starting = started.catch(() => undefined)
    return started
  }

  #answered<T>(waiters: Waiter<T>[], command: Command): Promise<T> {
    if (this.#closed) return Promise.reject(this.#closed)
    const waiter = Promise.withResolvers<T>()
    waiters.push(waiter)
    void this.send(command).catch(waiter.reject)
    return waiter.promise
  }

  /** SIGINT to what runs now; its step then ends, and answers as it does. */
  interrupt(): Promise<void> {
    return this.send({ type: 'interrupt' })
  }

  /** The user's answer to the last question, without a newline. */
  input(text: string): Promise<void> {
    return this.send({ type: 'input', text })
  }

  /** Stops reading, as an agent that is too slow: what the runner sends then waits on its side. */
  pause(): void {
    this.#gate.shut()
  }

  resume(): void {
    this.#gate.open()
  }

  /** Ends both sockets; whatever still waits for an answer is rejected with `reason`. */
  close(reason: Error = KrunnerError.of('CLIENT_CLOSED')): void {
    if (this.#closed) return
    this.#closed = reason
    this.#gate.open()
    this.#sockets.close()
    this.#steps.failAll(reason)
    for (const waiters of [this.#completions, this.#statuses, this.#services, this.#models, this.#apps])
      for (const waiter of waiters.splice(0)) waiter.reject(reason)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async #read(): Promise<void> {
    for await (const frames of this.#sockets.messages()) {
      if (this.#gate.isShut) await this.#gate.opened
      if (this.#closed) return
      await this.#receive(frames)
    }
  }

  async #receive(frames: Buffer[]): Promise<void> {
    await this.#guarded(async () => {
      const result = decodeResult(frames)
      for (const listener of this.#listeners) await this.#guarded(() => listener(result))
      await this.#dispatch(result)
    })
  }

  /** A listener that throws must not cost a step its end. */
  async #guarded(call: () => void | Promise<void>): Promise<void> {
    try {
      await call()
    } catch (error) {
      this.#onProblem(error as Error)
    }
  }

  async #dispatch(result: Result): Promise<void> {
    if (result.type === 'completion') this.#completions.shift()?.resolve(result.suggestions)
    else if (result.type === 'status') this.#statuses.shift()?.resolve(result.status)
    else if (result.type === 'service-result') this.#services.shift()?.resolve(result.outcome)
    else if (result.type === 'model-service-result') this.#models.shift()?.resolve(result.outcome)
    else if (result.type === 'apps-result') this.#apps.shift()?.resolve(result.apps.data)
    else await this.#steps.take(result)
  }
}
