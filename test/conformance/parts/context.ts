import { expect, test } from 'vitest'
import { brief, runCell, runStory } from '../cell.ts'
import type { QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

/** What the value of a cell is, and what it leaves for the next one. */
export function describeContext(session: Shared, query: QuerySamples): void {
  for (const cell of query.values)
    test(`the value of ${brief(cell.code)} is shown`, async () => {
      await runCell(session(), cell)
    })

  test('a last statement without a value shows nothing', async () => {
    await runCell(session(), { code: query.quiet, stdout: '' })
  })

  test.each(['', '\n', '  \n\n'])('a cell that is only %j ends well and shows nothing', async (code) => {
    await runCell(session(), { code, stdout: '' })
  })

  for (const cell of query.several)
    test(`several declarations and statements stand in one cell: ${brief(cell.code)}`, async () => {
      await runCell(session(), cell)
    })

  const { context } = query
  test('a variable is there in a later cell', () => runStory(session(), context.variable))
  test('a function is there in a later cell', () => runStory(session(), context.function))
  const { type } = context
  if (type) test('a type is there in a later cell', () => runStory(session(), type))
  test('an import is there in a later cell', () => runStory(session(), context.import))
  test('a redefinition wins', () => runStory(session(), context.redefinition))
  test('what ran before an error in the same cell stays', () => runStory(session(), context.halfway))

  test('cells that are sent at once run in order, each with its own end', async () => {
    const [first, second] = query.values
    const cells = [first, second, first, second]
    const results = await Promise.all(cells.map(({ code }) => session().run(code)))
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0])
    expect(results[2]?.stdout).toBe(results[0]?.stdout)
    expect(results[3]?.stdout).toBe(results[1]?.stdout)
  })

  test('the runner says which language it speaks', async () => {
    const status = await session().ready()
    expect(status.query).toBe('ready')
  })
}
