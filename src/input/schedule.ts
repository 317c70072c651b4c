/** When to look for a reader: soon after something happened, then ever more rarely, at last once a second. */

/** Milliseconds. A program that has just printed or started needs a moment to get to its read. */
const SETTLING = 10
/** For one that announced its read a moment ago. */
const HINTED = 1
const LONGEST = 1000
/** Looking in vain may take one part in this of our time. */
const SHARE = 20

export class LookSchedule {
  private readonly look: (hinted: boolean) => boolean
  private timer: NodeJS.Timeout | undefined
  private delay = LONGEST
  private hinted = false
  private disturbed = false
  /** On the monotonic clock, in milliseconds: not before, and not after even if output flows. */
  private earliest = 0
  private latest = 0

  /** `look` says whether to go on. */
  constructor(look: (hinted: boolean) => boolean) {
    this.look = look
  }

  start(): void {
    this.hinted = false
    this.disturbed = false
    this.arm(SETTLING)
  }

  /** Output was seen: whoever prints does not wait, so look when it is quiet. */
  disturb(): void {
    if (this.timer && this.delay > SETTLING) this.arm(SETTLING)
    else this.disturbed = true
  }

  /** Somebody says that it is about to wait. */
  hint(): void {
    this.hinted = true
    if (this.timer && this.delay > HINTED) this.arm(HINTED)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private arm(delay: number): void {
    clearTimeout(this.timer)
    this.delay = delay
    this.timer = setTimeout(() => this.fire(), Math.max(delay, this.earliest - performance.now()))
  }

  private fire(): void {
    const { hinted, disturbed } = this
    const begun = performance.now()
    this.hinted = false
    this.disturbed = false
    if (disturbed && !hinted && begun < this.latest) this.arm(SETTLING)
    else this.lookAround(hinted, begun)
  }

  private lookAround(hinted: boolean, begun: number): void {
    this.timer = undefined
    this.latest = begun + LONGEST
    if (!this.look(hinted)) return
    const ended = performance.now()
    this.earliest = ended + (ended - begun) * (SHARE - 1)
    this.arm(Math.min(this.delay * 2, LONGEST))
  }
}
