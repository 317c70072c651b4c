/** Services by name: each is started once at a time, watched, and ended with all others. */
import { KrunnerError, messageOf } from '../errors.ts'
import { isListening, untilListening } from './port.ts'
import type { RunningService } from './service-process.ts'
import type { ServiceLog } from './surroundings.ts'

export interface Launch {
  readonly name: string
  readonly port: number
  /** Until its port must be open, preparations included; ms. Missing: nobody waits for that. */
  readonly within?: number
  /** Prepares and starts it. What it throws is why there is no service. */
  start(signal: AbortSignal): Promise<RunningService>
  /** It served, and has ended by itself. */
  onLoss?(): void
}

export interface RunningEntry {
  readonly name: string
  readonly port: number
}

interface Entry extends RunningEntry {
  readonly stopping: AbortController
  /** Settles once it serves; rejects with why it does not. */
  readonly started: Promise<void>
  service?: RunningService
}

export class Supervisor {
  private readonly log: ServiceLog
  private readonly ownPorts: () => readonly number[]
  private readonly entries = new Map<string, Entry>()
  private isOver = false

  /** `ownPorts`: those that no service can have. */
  constructor(log: ServiceLog, ownPorts: () => readonly number[]) {
    this.log = log
    this.ownPorts = ownPorts
  }

  /** What serves, or is about to. */
  get running(): RunningEntry[] {
    return [...this.entries.values()].map(({ name, port }) => ({ name, port }))
  }

  /** Settles once its port is open, with false where it ran already. Throws why it does not serve; nothing is left then. */
  async start(launch: Launch): Promise<boolean> {
    if (this.isOver) throw sessionEnds(launch.name)
    const there = this.entries.get(launch.name)
    if (there) {
      await there.started
      return false
    }
    const stopping = new AbortController()
    const entry: Entry = {
      name: launch.name,
      port: launch.port,
      stopping,
      started: Promise.resolve().then(() => this.bring(entry, launch)),
    }
    this.entries.set(launch.name, entry)
    await entry.started
    return true
  }

  /** Settles when it has ended; false where there is none of that name. */
  async stop(name: string): Promise<boolean> {
    const entry = this.entries.get(name)
    if (!entry) return false
    entry.stopping.abort(KrunnerError.of('SERVICE_FAILED', name, 'it was shut down'))
    await entry.started.catch(() => undefined)
    await entry.service?.stop()
    return true
  }

  /** The session ends, and all processes with it: nobody needs to hear why. */
  abandon(): void {
    this.isOver = true
    for (const { name, stopping } of this.entries.values()) stopping.abort(sessionEnds(name))
  }

  private async bring(entry: Entry, launch: Launch): Promise<void> {
    const { name, port } = entry
    const limit = launch.within === undefined ? [] : [AbortSignal.timeout(launch.within)]
    const signal = AbortSignal.any([entry.stopping.signal, ...limit])
    try {
      await this.claim(port)
      entry.service = await launch.start(signal)
      if (launch.within !== undefined) await serves(entry.service, port, signal)
    } catch (error) {
      this.entries.delete(name)
      await entry.service?.stop()
      throw this.failure(error, entry, launch)
    }
    this.log.info(`service '${name}' has started on port ${port}`)
    void entry.service.ended.then((reason) => {
      this.forget(entry, reason)
      if (!entry.stopping.signal.aborted) launch.onLoss?.()
    })
  }

  private async claim(port: number): Promise<void> {
    if (this.ownPorts().includes(port))
      throw new Error(`port ${port} is the runner's own; choose another one`)
    if (await isListening(port))
      throw new Error(`port ${port} is in use already; end who listens there, or choose another one`)
  }

  private failure(error: unknown, { name, port, stopping }: Entry, { within }: Launch): KrunnerError {
    if (stopping.signal.aborted) return stopping.signal.reason
    if (error instanceof KrunnerError && error.code === 'BAD_SERVICE') return error
    const isLate = (error as Error)?.name === 'TimeoutError'
    const why = isLate ? `it did not open port ${port} within ${(within ?? 0) / 1000} s` : messageOf(error)
    return KrunnerError.because(error, 'SERVICE_FAILED', name, why)
  }

  private forget(entry: Entry, reason: string): void {
    if (this.entries.get(entry.name) === entry) this.entries.delete(entry.name)
    if (!entry.stopping.signal.aborted) this.log.warn(`service '${entry.name}' ended: ${reason}`)
    else this.log.info(`service '${entry.name}' was stopped`)
  }
}

function sessionEnds(name: string): KrunnerError {
  return KrunnerError.of('SERVICE_FAILED', name, 'the session ends')
}

/** Throws where it ends first. */
async function serves(service: RunningService, port: number, signal: AbortSignal): Promise<void> {
  const enough = new AbortController()
  const ended = service.ended.then((reason) => {
    throw new Error(reason)
  })
  ended.catch(() => undefined)
  try {
    await Promise.race([ended, untilListening(port, AbortSignal.any([signal, enough.signal]))])
  } finally {
    enough.abort()
  }
}
