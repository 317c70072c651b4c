import { KrunnerError, messageOf } from '../errors.ts'
import type { Death, Driver } from '../repl/driver.ts'
import type { Host } from './host.ts'
import { Interruption } from './interruption.ts'

/** Exit code of a cell where query mode is not available. */
const UNAVAILABLE = 127
const INTERRUPTED = 1
/** A larger cell is refused, in UTF-16 units: a compiler would need many times of it in memory. */
const CELL_LIMIT = 32 * 1024 * 1024
/** Completion that takes longer is given up, ms: it runs user code (properties, `__dir__`). */
const LOOK_PATIENCE = 3000

/** Starts drivers; undefined where the language has no query mode. */
export type DriverFactory = () => Promise<Driver>

/** What the language is doing, for `status`. */
export type QueryState = 'none' | 'starting' | 'ready' | 'busy' | 'lost'

/** Runs cells in a driver that lives as long as the session, and starts another one when it dies. */
export class QueryMode {
  private readonly host: Host
  private readonly factory: DriverFactory | undefined
  private readonly unavailable: string
  private starting: Promise<Driver> | undefined
  private driver: Driver | undefined
  /** How the last driver ended, where nobody was told yet that its context went with it. */
  private fate: string | undefined
  private interruption: Interruption | undefined
  private giveUp: (() => void) | undefined
  /** SIGINT was sent, and may be on its way still. */
  private signalled = false
  /** Cells and completions use the driver one after the other. */
  private turn: Promise<unknown> = Promise.resolve()

  /** `unavailable` is the sentence for cells where there is no factory. */
  constructor(host: Host, factory: DriverFactory | undefined, unavailable: string) {
    this.host = host
    this.factory = factory
    this.unavailable = unavailable
  }

  get state(): QueryState {
    if (!this.factory) return 'none'
    if (!this.driver) return this.starting ? 'starting' : 'lost'
    return this.driver.state === 'busy' ? 'busy' : 'ready'
  }

  /** Starts the driver; settles once it is there, or is not: what went wrong is told by the first cell. */
  warmUp(): Promise<void> {
    return this.acquire().then(
      () => undefined,
      (error) => this.host.log.warn(messageOf(error)),
    )
  }

  /** Settles with the cell's exit code; never throws. */
  async run(source: string): Promise<number> {
    const refusal = this.refusal(source)
    if (refusal) return this.fail(refusal.sentence, refusal.code)
    this.interruption = new Interruption()
    try {
      return await this.inTurn(() => this.runCell(source))
    } catch (error) {
      return this.fail(messageOf(error), UNAVAILABLE)
    } finally {
      this.interruption = undefined
    }
  }

  /** Suggestions at a byte offset; empty while a cell runs or where there is no query mode. */
  async complete(source: string, cursor: number): Promise<string[]> {
    if (!this.factory || this.interruption) return []
    return this.inTurn(() => this.look(source, cursor)).catch(() => [])
  }

  interrupt(): void {
    if (!this.interruption) return
    const asks = this.interruption.isRequest()
    this.host.input.interrupted()
    if (!this.driver) this.giveUp?.()
    // Between cells SIGINT does nothing: a cell that the driver does not have yet is interrupted once it has it.
    else if (asks && this.driver.state === 'busy') this.signal(this.driver)
    else if (!asks) this.driver.kill('it did not end after an interrupt, and was asked again')
  }

  /** Ends the driver; `grace` in ms before it is killed. */
  async stop(grace: number): Promise<void> {
    await this.driver?.stop(grace)
  }

  private refusal(source: string): { sentence: string; code: number } | undefined {
    if (!this.factory) return { sentence: this.unavailable, code: UNAVAILABLE }
    const nul = source.indexOf('\0')
    if (nul >= 0) return { sentence: KrunnerError.of('NUL_BYTE', 'the cell', nul).message, code: 1 }
    if (source.length <= CELL_LIMIT) return undefined
    const mend = 'write it to a file and run that'
    const found = `${(source.length / 2 ** 20).toFixed(1)} Mi characters`
    return { sentence: KrunnerError.of('TOO_LARGE', 'the cell', found, '32 Mi', mend).message, code: 1 }
  }

  private async runCell(source: string): Promise<number> {
    if (this.driver && this.signalled) await this.absorbSignal(this.driver)
    const driver = await this.acquireUnlessInterrupted()
    if (!driver) return this.fail('interrupted before the language was ready', INTERRUPTED)
    if (this.fate) this.host.output.note(`${this.fate}: the context was lost; this cell begins a new one`)
    this.fate = undefined
    const { child } = driver
    this.host.input.stepStarted({ leaderPid: child.pid, stdinFd: child.stdin, pipeInode: child.stdinInode })
    const ending = driver.run(source)
    if (this.interruption?.happened) this.signal(driver)
    const end = await ending
    this.host.input.stepEnded()
    if ('code' in end) return end.code
    this.lost(driver, end.why)
    // It died before it took the cell: the next one runs it, and says that the context was lost.
    if (end.untouched) return this.runCell(source)
    return this.explainDeath(end)
  }

  private explainDeath({ death, why }: Death): number {
    const oom = this.host.watch.explainOom()
    if (oom) this.host.output.note(oom)
    this.host.output.note(`${this.host.name} ${why}, and the cell ended with it`)
    return death.exitCode
  }

  private fail(sentence: string, code: number): number {
    this.host.output.note(sentence)
    return code
  }

  private async look(source: string, cursor: number): Promise<string[]> {
    const driver = await this.acquire()
    const timer = setTimeout(() => this.signal(driver), LOOK_PATIENCE)
    try {
      return await driver.complete(source, cursor)
    } finally {
      clearTimeout(timer)
    }
  }

  private signal(driver: Driver): void {
    this.signalled = true
    driver.interrupt()
  }

  /** A driver that answers has had all signals of before the question: none is left for the next cell. */
  private async absorbSignal(driver: Driver): Promise<void> {
    this.signalled = false
    await driver.complete('', 0)
    if (driver.state === 'stopped') this.lost(driver, (await driver.ended).why)
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.turn.then(action)
    this.turn = result.catch(() => {})
    return result
  }

  private async acquireUnlessInterrupted(): Promise<Driver | undefined> {
    if (this.driver) return this.driver
    const interrupted = new Promise<undefined>((resolve) => {
      this.giveUp = () => resolve(undefined)
    })
    return Promise.race([this.acquire(), interrupted])
  }

  /** The live driver, or a new one. Throws what its start throws; the next call tries again. */
  private async acquire(): Promise<Driver> {
    if (this.driver) return this.driver
    this.starting ??= this.start()
    try {
      return await this.starting
    } finally {
      this.starting = undefined
    }
  }

  private async start(): Promise<Driver> {
    if (!this.factory) throw new Error(this.unavailable)
    const driver = await this.factory()
    this.driver = driver
    this.host.log.info(`${driver.banner} is ready`)
    void driver.ended.then((end) => this.lost(driver, end.why))
    return driver
  }

  private lost(driver: Driver, why: string): void {
    if (this.driver !== driver) return
    this.driver = undefined
    this.fate = `${this.host.name} ${why}`
    this.signalled = false
    this.host.log.info(this.fate)
  }
}
