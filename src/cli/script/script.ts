/** Runs steps once, for scripts: output as it is, questions answered, an exit code. */
import type { Question, StepHandlers } from '../../client/step.ts'
import { type Attachment, attach, type Session } from '../attachment.ts'
import { INTERRUPTED, Leaving } from '../leaving.ts'
import { type Answers, answersFor } from './answers.ts'
import { Streams } from './streams.ts'

/** Sends the steps, and returns the exit code. */
export type Steps = (session: Session, handlers: StepHandlers) => Promise<number>

export class Script {
  readonly #leaving = new Leaving()
  readonly #streams = new Streams()
  readonly #answers: Answers
  #session: Session | undefined
  #isInterrupted = false
  #isUnanswered = false

  constructor(stdinIsCode: boolean) {
    this.#answers = answersFor(stdinIsCode)
  }

  /** The exit code. What runs is stopped with us: a runner of ours, and a step in one that goes on. */
  async run(attachment: Omit<Attachment, 'onResult'>, steps: Steps): Promise<number> {
    let isDone = false
    const work = async () => {
      this.#session = await attach({ ...attachment, onResult: (result) => this.#streams.take(result) })
      this.#leaving.onInterrupt = () => this.#interrupt()
      const code = await steps(this.#session, this.#handlers())
      isDone = true
      await this.#streams.flush()
      return code
    }
    try {
      return await this.#leaving.race(work())
    } finally {
      if (!isDone) await this.#session?.client.interrupt().catch(() => {})
      await this.#session?.close()
    }
  }

  #handlers(): StepHandlers {
    return { keep: false, onQuestion: (question) => this.#answer(question) }
  }

  async #answer(question: Question): Promise<string | undefined> {
    const answer = await this.#answers(question, () => this.#streams.release())
    if (answer.kind === 'text') return answer.text
    if (question.signal.aborted) return undefined
    if (answer.kind === 'end') this.#refuse()
    else this.#interrupt()
    return undefined
  }

  /** The protocol has no end of input. Code that asks on in spite of an interrupt would ask for ever. */
  #refuse(): void {
    if (this.#isUnanswered) this.#leaving.leave(1)
    this.#isUnanswered = true
    process.stderr.write('\nkrunner: the code waits for input, and there is none: interrupted\n')
    this.#interrupt()
  }

  /** The first interrupts what runs, the second leaves it. */
  #interrupt(): void {
    if (this.#isInterrupted) this.#leaving.leave(INTERRUPTED)
    this.#isInterrupted = true
    this.#session?.client.interrupt().catch(() => {})
  }
}
