/** Steps run one at a time, in the order in which they came. */
export type Step = () => Promise<void>

export class TaskQueue {
  private readonly waiting: Step[] = []
  private running = false

  /** Steps that wait, the running one not counted. */
  get length(): number {
    return this.waiting.length
  }

  get isRunning(): boolean {
    return this.running
  }

  /** A step must not throw: it answers for itself. */
  push(step: Step): void {
    this.waiting.push(step)
    if (!this.running) void this.work()
  }

  clear(): void {
    this.waiting.length = 0
  }

  private async work(): Promise<void> {
    this.running = true
    for (let step = this.waiting.shift(); step; step = this.waiting.shift()) await step()
    this.running = false
  }
}
