import { test } from 'vitest'
import { brief, runCell } from '../cell.ts'
import type { QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

/** Code that asks to exit ends its cell with that code. */
export function describeExits(session: Shared, query: QuerySamples): void {
  const { before, requests, context, after } = query.exits

  for (const cell of requests)
    test(`${brief(cell.code)} ends its cell with exit code ${cell.exitCode}, and the next one is served`, async () => {
      await runCell(session(), before)
      await runCell(session(), { stderr: context === 'kept' ? '' : /.*/s, ...cell })
      if (context === 'kept') await runCell(session(), after)
      else await runCell(session(), { ...query.values[0], stderr: /context/ })
    })
}
