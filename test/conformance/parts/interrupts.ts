import { expect, test } from 'vitest'
import { runInterrupted } from '../../harness/interrupt.ts'
import { expectOutcome, type Outcome, RAISED, runCell } from '../cell.ts'
import type { Cell, QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

type Endless = Pick<Cell, 'code' | 'stderr'>

/** An interrupt ends the cell and nothing else. */
export function describeInterrupts(session: Shared, query: QuerySamples): void {
  const { before, loop, sleep, read, after } = query.interrupt

  test.each([
    ['an endless loop', loop],
    ['a sleep', sleep],
    ['a blocked read', read],
  ] as const)('%s is interrupted, and the context kept', async (_, cell) => {
    await runCell(session(), before)
    await interruptOnce(session, cell)
    await runCell(session(), after)
  })

  test('a second interrupt finds the session as the first did', async () => {
    await interruptOnce(session, loop)
    await interruptOnce(session, loop)
    await runCell(session(), query.values[0])
  })

  test('an interrupt between cells does nothing', async () => {
    await runCell(session(), before)
    for (let time = 0; time < 3; time++) await session().client.interrupt()
    await session().status()
    await runCell(session(), after)
  })
}

async function interruptOnce(session: Shared, cell: Endless): Promise<void> {
  const result = await runInterrupted(session(), cell.code)
  const expected: Outcome = { ...cell, stdout: 'begun', exitCode: RAISED }
  expectOutcome(result, expected, cell.code)
  expect(result.stderr).toMatch(/\S/)
}
