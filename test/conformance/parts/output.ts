import { expect, test } from 'vitest'
import { seen } from '../../harness/seen.ts'
import { brief, runCell } from '../cell.ts'
import type { QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

const LINES = 170_000

/** What a cell prints, in which stream, when, and whether all of it. */
export function describeOutput(session: Shared, query: QuerySamples): void {
  test('stdout and stderr are kept apart', async () => {
    await runCell(session(), query.streams)
  })

  test('output is seen while the cell still runs', async () => {
    const { handlers, promise } = seen('first\n')
    const result = session().run(query.streaming, handlers)
    await promise
    session().write({ 'go-on': '' })
    const { stdout, exitCode } = await result
    expect(stdout.trimEnd()).toBe('first\nsecond')
    expect(exitCode).toBe(0)
  })

  for (const cell of query.utf8)
    test(`letters of all alphabets pass, in code and output: ${brief(cell.code)}`, async () => {
      await runCell(session(), cell)
    })

  test('a megabyte of output is complete and in order', async () => {
    const { stdout, exitCode } = await session().run(query.megabyte)
    const numbers = Array.from({ length: LINES }, (_, index) => `${index + 1}\n`)
    expect(exitCode).toBe(0)
    // Not `toBe`: the difference of two megabytes takes minutes to print.
    expect(stdout.length).toBe(numbers.join('').length)
    expect(stdout === numbers.join('')).toBe(true)
  })
}
