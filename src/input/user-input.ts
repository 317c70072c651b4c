/**
 * User input of one session: notices that the running step waits for a line, whatever the program is, keeps
 * the question, and hands the answer to who asked. One question is open at a time.
 */
import { Announcements } from './announcements.ts'
import { type InheritedEnvironment, inputEnvironment } from './environment.ts'
import { lookForReader } from './look.ts'
import { LookSchedule } from './schedule.ts'
import { StdinPipe } from './stdin-pipe.ts'

export interface UserInputOptions {
  /** The preloaded library's absolute path, or undefined where it was not built. */
  readonly hook: string | undefined
  /** Where user code says that it waits, where it may not reach a socket of ours that has no path. */
  readonly channelPath?: string | undefined
  /** Once for each question. What is in the step's output pipes belongs before it: the prompt is there. */
  readonly onQuestion: (isPassword: boolean) => void
  readonly log: { warn(sentence: string): void }
}

/** Whose stdin a step reads. */
export interface StepInput {
  readonly leaderPid: number
  /** The write end, not blocking; it stays the caller's. */
  readonly stdinFd: number
  readonly pipeInode: number
}

interface Question {
  readonly isPassword: boolean
  readonly reply: (text: string) => void
}

interface RunningStep extends StepInput {
  readonly stdin: StdinPipe
}

export class UserInput {
  private readonly options: UserInputOptions
  private readonly announcements: Announcements
  private readonly schedule: LookSchedule
  private step: RunningStep | undefined
  /** The first is the open one. */
  private questions: Question[] = []
  private typedAhead: string[] = []

  constructor(options: UserInputOptions) {
    this.options = options
    this.schedule = new LookSchedule((hinted) => this.look(hinted))
    this.announcements = new Announcements(
      () => this.schedule.hint(),
      (error) => options.log.warn(`announcements of input are not heard: ${error.message}`),
      options.channelPath,
    )
  }

  /** Variables to set for a process whose stdin is that pipe, over the environment it would have had. */
  environment(pipeInode: number, inherited: InheritedEnvironment): Record<string, string> {
    return inputEnvironment(this.announcements.name, pipeInode, this.options.hook, inherited)
  }

  /** A process of a step runs; the next one of the same step may follow without `stepEnded`. */
  stepStarted(input: StepInput): void {
    this.step?.stdin.close()
    this.step = { ...input, stdin: new StdinPipe(input.stdinFd) }
    this.questions = []
    this.schedule.start()
  }

  /** A driver asks by itself; `reply` gets the answer, unless the question is cancelled or no step runs. */
  asked(isPassword: boolean, reply: (text: string) => void): void {
    if (this.step) this.ask({ isPassword, reply })
  }

  /** The user's line: answers the open question, or is kept for the step's next one. */
  answer(text: string): void {
    if (!this.step) {
      this.options.log.warn('input was dropped: nothing runs that could ask for it')
      return
    }
    if (this.questions.length > 0) this.answerFirst(text)
    else this.typedAhead.push(text)
  }

  outputSeen(): void {
    this.schedule.disturb()
  }

  /** Cancels the question, and what was typed ahead, as a terminal does. */
  interrupted(): void {
    if (!this.step) return
    this.questions = []
    this.forgetTypedAhead('the step was interrupted')
    this.step.stdin.discard()
    this.schedule.start()
  }

  /** Call it before the stdin pipe is closed. */
  stepEnded(): void {
    if (!this.step) return
    this.questions = []
    this.schedule.stop()
    this.announcements.forget()
    this.forgetTypedAhead('the step has ended and never asked for it')
    this.step.stdin.discard()
    this.step.stdin.close()
    this.step = undefined
  }

  close(): void {
    this.stepEnded()
    this.announcements.close()
  }

  /** Whether to go on looking. */
  private look(hinted: boolean): boolean {
    const { step } = this
    if (!step?.stdin.isEmpty) return true
    const sighting = lookForReader(step.leaderPid, step.pipeInode)
    if (sighting === 'does not' || (sighting === 'unknown' && !hinted)) return true
    this.ask({ isPassword: this.announcements.hasPassword, reply: (text) => step.stdin.write(`${text}\n`) })
    return false
  }

  private ask(question: Question): void {
    this.questions.push(question)
    const text = this.typedAhead.shift()
    if (text !== undefined) this.answerFirst(text)
    else if (this.questions.length === 1) this.put(question)
  }

  private put(question: Question): void {
    this.schedule.stop()
    this.options.onQuestion(question.isPassword)
  }

  private answerFirst(text: string): void {
    this.questions.shift()?.reply(text)
    const [next] = this.questions
    if (next) this.put(next)
    else this.schedule.start()
  }

  private forgetTypedAhead(why: string): void {
    const lines = this.typedAhead.length
    if (lines > 0) this.options.log.warn(`input was dropped (${lines} line${lines > 1 ? 's' : ''}): ${why}`)
    this.typedAhead = []
  }
}
