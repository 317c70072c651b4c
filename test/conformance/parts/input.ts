import { expect, test } from 'vitest'
import type { Question } from '../../../src/client/step.ts'
import { Answers, brief, expectOutcome, RAISED, runCell } from '../cell.ts'
import type { Cell, QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

type Asking = Cell & Required<Pick<Cell, 'answers'>>

/** Questions to the user. */
export function describeInput(session: Shared, query: QuerySamples): void {
  const { questions, password, cancelled } = query.input

  for (const cell of questions)
    test(`a prompt is shown and answered: ${brief(cell.code)}`, () => ask(session, cell, false))

  if (password) test('a password is asked for as one', () => ask(session, password, true))

  test('an interrupted question is cancelled, and the next cell is served', async () => {
    const onQuestion = async () => {
      await session().client.interrupt()
      return undefined
    }
    const result = await session().run(cancelled.code, { onQuestion })
    expectOutcome(result, { ...cancelled, exitCode: RAISED }, cancelled.code)
    await runCell(session(), questions[0])
  })
}

async function ask(session: Shared, cell: Asking, isPassword: boolean): Promise<void> {
  const answers = new Answers(cell.answers)
  const asked: Question[] = []
  const onQuestion = (question: Question) => {
    asked.push(question)
    return answers.next()
  }
  const result = await session().run(cell.code, { onQuestion })
  answers.verify(cell.code)
  expectOutcome(result, cell, cell.code)
  expect(asked.map((question) => question.isPassword)).toEqual(cell.answers.map(() => isPassword))
  // The prompt has been sent before the question.
  for (const { prompt } of asked) expect(prompt).toMatch(/\S/)
}
