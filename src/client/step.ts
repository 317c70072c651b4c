import type { FinishedType } from '../protocol/commands.ts'
import type { Result, StreamName } from '../protocol/results.ts'

/** User code waits for a line. */
export interface Question {
  isPassword: boolean
  /** What stands in the last line of the output, of both streams as they came. */
  prompt: string
  /** Aborted when the question is over without our answer: the step ended, or it asks anew. */
  signal: AbortSignal
}

export interface StepHandlers {
  /** Every result of the step in order. A promise holds back the reading of the next one. */
  onResult?(result: Result): void | Promise<void>
  /** The line to send; undefined sends none. */
  onQuestion?(question: Question): string | undefined | Promise<string | undefined>
  /** False: nothing is kept for the `StepResult`, for steps that print without end. */
  keep?: boolean
}

export interface StepResult {
  exitCode: number
  /** The whole stream, decoded over the borders of messages. */
  stdout: string
  stderr: string
  results: Result[]
}

type Finished = Extract<Result, { exitCode: number }>
type Waiting = Extract<Result, { type: 'waiting-input' }>

/** A prompt longer than this, in characters, loses its beginning. */
const LONGEST_PROMPT = 4096

/** One step that was sent and has not finished. */
export class Step {
  readonly finishedType: FinishedType
  readonly handlers: StepHandlers
  readonly #settled = Promise.withResolvers<StepResult>()
  readonly #results: Result[] = []
  readonly #decoders = {
    stdout: new TextDecoder('utf-8', { ignoreBOM: true }),
    stderr: new TextDecoder('utf-8', { ignoreBOM: true }),
  }
  readonly #texts: Record<StreamName, string[]> = { stdout: [], stderr: [] }
  #lastLine = ''
  #question: AbortController | undefined

  constructor(finishedType: FinishedType, handlers: StepHandlers) {
    this.finishedType = finishedType
    this.handlers = handlers
    // Who does not look at a step's end does not want a process to end when the client closes.
    this.#settled.promise.catch(() => {})
  }

  get result(): Promise<StepResult> {
    return this.#settled.promise
  }

  take(result: Result): void | Promise<void> {
    if (result.type === 'stdout' || result.type === 'stderr') this.#read(result.type, result.data)
    if (this.handlers.keep !== false) this.#results.push(result)
    return this.handlers.onResult?.(result)
  }

  #read(stream: StreamName, data: Uint8Array): void {
    const text = this.#decoders[stream].decode(data, { stream: true })
    if (this.handlers.keep !== false) this.#texts[stream].push(text)
    this.#lastLine = lastLine(this.#lastLine, text)
  }

  /** Calls `answer` with what user code asks now; an older question is over. */
  ask(waiting: Waiting, answer: (question: Question) => unknown): void {
    this.#question?.abort()
    this.#question = new AbortController()
    const prompt = this.#lastLine
    // What is printed next stands behind the user's answer, in a line of its own.
    this.#lastLine = ''
    answer({ isPassword: waiting.isPassword, prompt, signal: this.#question.signal })
  }

  async finish(finished: Finished): Promise<void> {
    this.#question?.abort()
    try {
      await this.take(finished)
    } finally {
      this.#settled.resolve({
        exitCode: finished.exitCode,
        stdout: this.#text('stdout'),
        stderr: this.#text('stderr'),
        results: this.#results,
      })
    }
  }

  #text(stream: StreamName): string {
    return this.#texts[stream].join('') + this.#decoders[stream].decode()
  }

  fail(error: unknown): void {
    this.#question?.abort()
    this.#settled.reject(error)
  }
}

function lastLine(before: string, text: string): string {
  const newline = text.lastIndexOf('\n')
  const line = newline < 0 ? before + text : text.slice(newline + 1)
  return line.slice(-LONGEST_PROMPT)
}
