import { setTimeout as delay } from 'node:timers/promises'
import { KrunnerError } from '../errors.ts'
import { signalGroup, terminateGroup } from '../process/group.ts'
import { describeOutcome, type Outcome } from '../process/outcome.ts'
import type { ChunkSink } from '../process/pump.ts'
import { type Child, type SpawnOptions, spawnChild } from '../process/spawn.ts'
import { ControlChannel } from './control-channel.ts'
import type { DriverReport, DriverRequest } from './protocol.ts'

/** A driver whose control descriptors are closed is given this long to exit by itself, ms. */
const EXIT_AFTER_CLOSE = 1000

export interface DriverOptions {
  /** Names the language in messages. */
  runtime: string
  argv: readonly [string, ...string[]]
  env: SpawnOptions['env']
  stdinEnv?: SpawnOptions['stdinEnv']
  cwd: string
  /** How long `ready` may take, ms. */
  startTimeout: number
}

export interface DriverEvents {
  onStdout: ChunkSink
  onStderr: ChunkSink
  /** All output before it has been delivered; so it is for `onAsk`. */
  onDisplay(mime: string, data: Buffer): void
  onAsk(isPassword: boolean, prompt: string): void
}

/** The driver's process has ended; `why` says it in words, "was killed by SIGSEGV (segmentation fault)". */
export interface Death {
  death: Outcome
  why: string
  /** The driver had taken nothing of the request that waited, so it can be made again elsewhere. */
  untouched: boolean
}

/** How a cell ended: as the driver says, or with the driver itself. */
export type CellEnd = { code: number; error: string } | Death

export type DriverState = 'starting' | 'ready' | 'busy' | 'stopped'

/** A running query driver: one process, one cell at a time. It is not restarted; start another one. */
export class Driver {
  /** The language and its version, once it is ready. */
  banner = ''
  readonly child: Child
  /** Settles when the process has ended and what it wrote was delivered; says why in words. */
  readonly ended: Promise<Death>
  private readonly options: DriverOptions
  private readonly events: DriverEvents
  private readonly control: ControlChannel
  private readonly pending = new Map<number, (answer: DriverReport | Death) => void>()
  private readonly started = Promise.withResolvers<undefined>()
  private current: DriverState = 'starting'
  private lastId = 0
  /** Why we ended it ourselves, where we did. */
  private reason = ''

  /** Throws SPAWN where the program cannot be run. */
  constructor(options: DriverOptions, events: DriverEvents) {
    this.options = options
    this.events = events
    this.control = new ControlChannel(options.runtime, {
      onReport: (report) => this.handle(report),
      onBroken: (why) => this.kill(why),
    })
    this.child = this.control.handTo((extraFds) => spawnChild({ ...options, ...events, extraFds }))
    this.ended = this.watch()
  }

  get state(): DriverState {
    return this.current
  }

  /** Settles when cells can be run, or with how the driver ended before that. */
  async ready(): Promise<Death | undefined> {
    const limit = this.options.startTimeout
    const timer = setTimeout(() => this.kill(`it was not ready within ${limit / 1000} s`), limit)
    const death = await Promise.race([this.started.promise, this.ended])
    clearTimeout(timer)
    return death
  }

  /** Runs a cell. Throws DRIVER_STATE unless the driver is ready. */
  async run(source: string): Promise<CellEnd> {
    this.demand('ready', 'run a cell')
    this.current = 'busy'
    const id = ++this.lastId
    const report = await this.request({ type: 'run', id, source })
    if ('death' in report) return report
    this.current = 'ready'
    return report as { code: number; error: string }
  }

  /** Suggestions at `cursor`, a byte offset in the UTF-8 source. Throws DRIVER_STATE unless ready. */
  async complete(source: string, cursor: number): Promise<string[]> {
    const report = await this.look('complete', source, cursor)
    return report?.type === 'matches' ? report.matches : []
  }

  /** Documentation of the name at `cursor`, empty where nothing is known. Throws DRIVER_STATE unless ready. */
  async inspect(source: string, cursor: number): Promise<string> {
    const report = await this.look('inspect', source, cursor)
    return report?.type === 'doc' ? report.text : ''
  }

  /** The user's line for the last `onAsk`. */
  answer(text: string): void {
    this.control.send({ type: 'answer', text })
  }

  /** SIGINT to the driver's group; the cell ends by itself. */
  interrupt(): void {
    signalGroup(this.child.pid, 'SIGINT')
  }

  /** Ends the driver at once, and the cell with it; `why` is what the cell's end says. */
  kill(why: string): void {
    this.reason ||= why
    signalGroup(this.child.pid, 'SIGKILL')
  }

  /** Asks the driver to leave (closed control input, then TERM), and kills its group after `grace` ms. */
  async stop(grace: number): Promise<void> {
    this.control.closeRequests()
    await terminateGroup(this.child.pid, this.child.exited, grace)
  }

  /** Delivers all output that was written by now. */
  drain(): void {
    this.child.stdout.drain()
    this.child.stderr.drain()
  }

  private async look(
    type: 'complete' | 'inspect',
    source: string,
    cursor: number,
  ): Promise<DriverReport | undefined> {
    this.demand('ready', type)
    this.current = 'busy'
    const id = ++this.lastId
    const report = await this.request({ type, id, cursor, source })
    if ('death' in report) return undefined
    this.current = 'ready'
    return report
  }

  private demand(wanted: DriverState, asked: string): void {
    if (this.current !== wanted) throw KrunnerError.of('DRIVER_STATE', asked, this.current)
  }

  private request(request: DriverRequest & { id: number }): Promise<DriverReport | Death> {
    return new Promise((resolve) => {
      this.pending.set(request.id, resolve)
      this.control.send(request)
    })
  }

  private handle(report: DriverReport): void {
    if (report.type !== 'ready') this.drain()
    switch (report.type) {
      case 'ready':
        this.banner = report.banner
        if (this.current === 'starting') this.current = 'ready'
        this.started.resolve(undefined)
        return
      case 'display':
        this.events.onDisplay(report.mime, report.data)
        return
      case 'ask':
        this.events.onAsk(report.isPassword, report.prompt)
        return
      case 'done':
      case 'matches':
      case 'doc':
        this.settle(report)
    }
  }

  private settle(report: DriverReport & { id: number }): void {
    const resolve = this.pending.get(report.id)
    if (!resolve)
      throw KrunnerError.of(
        'DRIVER_FRAME',
        this.options.runtime,
        `'${report.type} ${report.id}' answers nothing`,
      )
    this.pending.delete(report.id)
    resolve(report)
  }

  private async watch(): Promise<Death> {
    void this.control.ended.then(() => this.lostControl())
    const death = await this.child.exited
    this.control.drain()
    this.drain()
    this.current = 'stopped'
    const untouched = this.control.isUntouched
    this.control.close()
    this.child.closeStdin()
    const why = this.reason ? `was ended because ${this.reason}` : describeOutcome(death)
    const end = { death, why, untouched }
    for (const resolve of this.pending.values()) resolve(end)
    this.pending.clear()
    return end
  }

  /** Without its control descriptors a driver can never say that a cell has ended. */
  private async lostControl(): Promise<void> {
    const exited = await Promise.race([this.child.exited, delay(EXIT_AFTER_CLOSE, undefined, { ref: false })])
    if (!exited) this.kill('its control descriptors were closed')
  }
}
