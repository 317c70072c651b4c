/** Which result belongs to which step: steps run one at a time, in the order in which they were sent. */
import type { FinishedType } from '../protocol/commands.ts'
import type { Result } from '../protocol/results.ts'
import { type Question, Step, type StepHandlers, type StepResult } from './step.ts'

export class StepQueue {
  readonly #steps: Step[] = []
  readonly #answer: (text: string) => Promise<void>

  constructor(answer: (text: string) => Promise<void>) {
    this.#answer = answer
  }

  add(finishedType: FinishedType, handlers: StepHandlers): Promise<StepResult> {
    const step = new Step(finishedType, handlers)
    this.#steps.push(step)
    return step.result
  }

  /** Gives a result to the step at the head; without one it is nobody's. */
  async take(result: Result): Promise<void> {
    const head = this.#steps[0]
    if (!head) return
    switch (result.type) {
      case 'clean-finished':
      case 'build-finished':
      case 'finished':
        // Another type closes a step that somebody sent before us.
        if (result.type !== head.finishedType) return
        this.#steps.shift()
        return head.finish(result)
      case 'waiting-input':
        await head.take(result)
        return head.ask(result, (question) => this.#ask(head, question))
      case 'stdout':
      case 'stderr':
      case 'media':
      case 'html':
      case 'log':
        return head.take(result)
    }
  }

  /** An answer is only sent while its question stands: the interrupted cell's must not reach the next one. */
  async #ask(step: Step, question: Question): Promise<void> {
    try {
      const answer = await step.handlers.onQuestion?.(question)
      if (answer !== undefined && !question.signal.aborted) await this.#answer(answer)
    } catch (error) {
      if (!question.signal.aborted) step.fail(error)
    }
  }

  failAll(error: Error): void {
    for (const step of this.#steps.splice(0)) step.fail(error)
  }
}
