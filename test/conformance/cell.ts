/** Runs one cell of the samples and checks all that is to be seen of it. */
import { expect } from 'vitest'
import type { StepResult } from '../../src/client/step.ts'
import type { AgentSide } from '../harness/agent-side.ts'
import type { Cell, Expectation } from './samples.ts'

/** How a language ends a cell that raised or was interrupted. */
export const RAISED = 1

export async function runCell(session: AgentSide, cell: Cell): Promise<StepResult> {
  const questions = new Answers(cell.answers ?? [])
  const result = await session.run(cell.code, { onQuestion: () => questions.next() })
  questions.verify(cell.code)
  expectOutcome(result, cell, cell.code)
  return result
}

/** A cell's source as part of a test's name. */
export function brief(code: string): string {
  const [first = '', ...rest] = code.trim().split('\n')
  return rest.length > 0 ? `${first} ...` : first
}

export async function runStory(session: AgentSide, cells: readonly Cell[]): Promise<void> {
  for (const cell of cells) await runCell(session, cell)
}

export type Outcome = Pick<Cell, 'stdout' | 'stderr' | 'exitCode'>

export function expectOutcome(result: StepResult, expected: Outcome, what: string): void {
  const seen = `of\n${what}\nwhich ended with ${result.exitCode}, stdout:\n${result.stdout}\nstderr:\n${result.stderr}`
  const code = expected.exitCode ?? 0
  expect(result.exitCode, `the exit code ${seen}`).toBe(code)
  if (expected.stdout !== undefined) expectText(result.stdout, expected.stdout, `stdout ${seen}`)
  const stderr = expected.stderr ?? (code === 0 ? '' : undefined)
  if (stderr !== undefined) expectText(result.stderr, stderr, `stderr ${seen}`)
}

export function expectText(text: string, expected: Expectation, what: string): void {
  if (typeof expected === 'string') expect(text.trimEnd(), what).toBe(expected.trimEnd())
  else expect(text, what).toMatch(expected)
}

/** Lines of the user, each given to one question. */
export class Answers {
  readonly #lines: readonly string[]
  #asked = 0

  constructor(lines: readonly string[]) {
    this.#lines = lines
  }

  next(): string {
    const line = this.#lines[this.#asked++]
    if (line === undefined) throw new Error(`asked ${this.#asked} times, with ${this.#lines.length} answers`)
    return line
  }

  verify(what: string): void {
    expect(this.#asked, `questions of\n${what}`).toBe(this.#lines.length)
  }
}
