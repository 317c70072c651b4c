import type { RunningEntry } from '../service/supervisor.ts'
import type { ServiceSetup } from './service-setup.ts'

/** The services of a session. Their part of the runner is loaded once one is wanted: cells do not wait for it. */
export class ServiceHost {
  private readonly load: () => Promise<ServiceSetup>
  private loading: Promise<ServiceSetup> | undefined
  private loaded: ServiceSetup | undefined
  private isOver = false

  constructor(load: () => Promise<ServiceSetup>) {
    this.load = load
  }

  /** What serves, or is about to. */
  get running(): RunningEntry[] {
    return this.loaded?.supervisor.running ?? []
  }

  /** Never rejects but for a fault of ours. */
  setUp(): Promise<ServiceSetup> {
    this.loading ??= this.load().then((setup) => {
      this.loaded = setup
      if (this.isOver) setup.supervisor.abandon()
      return setup
    })
    return this.loading
  }

  /** The session ends, and all processes with it. */
  abandon(): void {
    this.isOver = true
    this.loaded?.supervisor.abandon()
  }
}
