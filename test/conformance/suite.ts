/** What every language must show, over the real daemon. All its cells run in one session. */
import { describe, expect, test } from 'vitest'
import { USER } from '../harness/agent-container.ts'
import { describeWith } from '../toolchain/requirement.ts'
import { describeAbsentBatch, describeAbsentQuery } from './parts/absent.ts'
import { describeBatch } from './parts/batch.ts'
import { describeCompletion } from './parts/completion.ts'
import { describeContext } from './parts/context.ts'
import { describeCrashes } from './parts/crashes.ts'
import { describeDisplays } from './parts/displays.ts'
import { describeErrors } from './parts/errors.ts'
import { describeExits } from './parts/exits.ts'
import { describeInput } from './parts/input.ts'
import { describeInterrupts } from './parts/interrupts.ts'
import { describeOutput } from './parts/output.ts'
import type { QuerySamples, Samples } from './samples.ts'
import { type Shared, shareSession } from './shared.ts'
import { requirementsOf, startSession, type Target } from './target.ts'

export function describeConformance(samples: Samples, target: Target): void {
  const start = () => startSession(samples.runtime, target)
  describeWith(requirementsOf(target), `${samples.runtime} conforms, on ${target.name}`, () => {
    describe('query', () => describeQuery(shareSession(start), samples, target))
    describe('batch', () => describeBatchMode(shareSession(start), samples, target))
  })
}

/** What an image's label `features` claims, and nothing that is proven of the language elsewhere. */
export function describeFeatures(samples: Samples, target: Target, features: readonly string[]): void {
  const session = shareSession(() => startSession(samples.runtime, target))
  const { query, batch } = samples
  if (query && features.includes('query')) describe('query', () => describeContext(session, query))
  if (query && features.includes('user-input')) describe('user input', () => describeInput(session, query))
  if (batch && features.includes('batch')) describe('batch', () => describeBatch(session, batch, target))
  if (features.includes('uid-match'))
    test('what runs in it is the user whom the agent named', async () => {
      const { exec } = await session().client.batch({ exec: 'id -u' })
      expect(exec.stdout.trim()).toBe(String(USER))
    })
}

function describeQuery(session: Shared, { query }: Samples, target: Target): void {
  if (query) describeQueryMode(session, query, target)
  else describeAbsentQuery(session)
}

function describeQueryMode(session: Shared, query: QuerySamples, target: Target): void {
  describeContext(session, query)
  describeOutput(session, query)
  describeErrors(session, query)
  describeInput(session, query)
  describeInterrupts(session, query)
  describeCompletion(session, query, target)
  describeDisplays(session, query, target)
  describeExits(session, query)
  describeCrashes(session, query)
}

function describeBatchMode(session: Shared, { batch }: Samples, target: Target): void {
  if (batch) describeBatch(session, batch, target)
  else describeAbsentBatch(session)
}
