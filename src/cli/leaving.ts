/** The ways in which a command ends before its work does, each an exit code. */

/** 128 + SIGHUP: the terminal is gone. */
export const HUNG_UP = 129
const SIGNALS = { SIGTERM: 143, SIGHUP: HUNG_UP } as const

/** 128 + SIGINT. */
export const INTERRUPTED = 130
/** 128 + SIGPIPE: nobody reads our output any more, as under `| head`. */
const NOT_READ = 141

export class Leaving {
  /** Called for SIGINT; until the work has something to interrupt it leaves. */
  onInterrupt: () => void = () => this.leave(INTERRUPTED)
  readonly #code = Promise.withResolvers<number>()

  constructor() {
    for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => this.leave(code))
    process.on('SIGINT', () => this.onInterrupt())
    // A terminal that takes nothing any more is gone; its SIGHUP may come later than the error.
    const unread = process.stdout.isTTY ? HUNG_UP : NOT_READ
    process.stdout.on('error', () => this.leave(unread))
    process.stderr.on('error', () => {})
  }

  leave(code: number): void {
    this.#code.resolve(code)
  }

  /** The exit code of `work`, or the one of whatever ends it first. */
  race(work: Promise<number>): Promise<number> {
    return Promise.race([work, this.#code.promise])
  }
}
