import { expect, test } from 'vitest'
import type { CompleteRequest } from '../../../src/protocol/commands.ts'
import { seen } from '../../harness/seen.ts'
import { brief, runCell } from '../cell.ts'
import type { QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'
import { type Target, testSample } from '../target.ts'

/** Suggestions for what stands before the cursor. */
export function describeCompletion(session: Shared, query: QuerySamples, target: Target): void {
  for (const sample of query.completions) {
    testSample(sample, target, `suggestions for ${brief(sample.code)}`, async () => {
      if (sample.define) await runCell(session(), { code: sample.define })
      const suggestions = await session().client.complete(requestFor(sample.code))
      expect(suggestions).toEqual(expect.arrayContaining([...sample.includes]))
      for (const name of sample.excludes ?? []) expect(suggestions).not.toContain(name)
      expect(new Set(suggestions).size, 'no suggestion stands there twice').toBe(suggestions.length)
    })
  }

  test('a request to complete is answered while a cell runs', async () => {
    const { handlers, promise } = seen('begun\n')
    const running = session().run(query.interrupt.sleep.code, handlers)
    await promise
    expect(await session().client.complete({ code: '' })).toEqual(expect.any(Array))
    await session().client.interrupt()
    await running
  })
}

/** A request as agents make it: the cursor as row and column, the line up to it, and what follows. */
function requestFor(marked: string): CompleteRequest {
  const [before = '', post = ''] = marked.split('|')
  const lines = before.split('\n')
  const line = lines.at(-1) ?? ''
  return { code: before + post, row: lines.length - 1, col: line.length, line, post }
}
