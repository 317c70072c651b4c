/** A step that still runs this long after an interrupt is killed by the next one, ms. */
const PATIENCE = 3000

/** What one step does with interrupts: the first ask, and one that comes after long waiting insists. */
export class Interruption {
  private firstAt: number | undefined

  get happened(): boolean {
    return this.firstAt !== undefined
  }

  /** True: ask (SIGINT). False: the step was asked long ago, so end it. */
  isRequest(): boolean {
    const now = performance.now()
    this.firstAt ??= now
    return now - this.firstAt < PATIENCE
  }
}
