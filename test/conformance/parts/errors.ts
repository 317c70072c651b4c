import { expect, test } from 'vitest'
import { brief, RAISED, runCell } from '../cell.ts'
import type { ErrorSample, QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

/** What a user sees of a mistake. */
export function describeErrors(session: Shared, query: QuerySamples): void {
  for (const sample of query.errors)
    test(`an error names its line and keeps the context: ${brief(sample.code)}`, () =>
      checkError(session, sample))

  test.each(query.incomplete)('incomplete code is an error and no hang: %j', async (code) => {
    await runCell(session(), { code, exitCode: query.syntaxError ?? RAISED, stderr: /\S/ })
    const [value] = query.values
    await runCell(session(), value)
  })
}

async function checkError(session: Shared, sample: ErrorSample): Promise<void> {
  if (sample.before) await runCell(session(), sample.before)
  const { code, stderr, exitCode = RAISED } = sample
  const result = await runCell(session(), { code, exitCode, stderr })
  expect(result.stderr).toMatch(new RegExp(`\\b${sample.line}\\b`))
  if (sample.hidden) expect(result.stderr).not.toMatch(sample.hidden)
  await runCell(session(), sample.after)
}
