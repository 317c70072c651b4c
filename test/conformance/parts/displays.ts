import { expect } from 'vitest'
import type { Result } from '../../../src/protocol/results.ts'
import { expectOutcome, runStory } from '../cell.ts'
import type { DisplaySample, QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'
import { type Target, testSample } from '../target.ts'

/** The first bytes of each kind of image. */
const MAGIC: Record<string, RegExp> = {
  'image/png': /^\x89PNG\r\n/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8/,
  'image/webp': /^RIFF.{4}WEBP/s,
}

/** Rich output, and what the language promises beyond the common list. */
export function describeDisplays(session: Shared, query: QuerySamples, target: Target): void {
  for (const sample of query.displays ?? [])
    testSample(sample, target, sample.promise, () => checkDisplay(session, sample))
  for (const sample of query.extras ?? [])
    testSample(sample, target, sample.promise, () => runStory(session(), sample.cells))
}

async function checkDisplay(session: Shared, sample: DisplaySample): Promise<void> {
  const result = await session().run(sample.code)
  expectOutcome(result, sample.stdout === undefined ? {} : { stdout: sample.stdout }, sample.code)
  const shown = result.results
    .map((each) => displayOf(each, sample.mime))
    .filter((data) => data !== undefined)
  expect(shown.length, `how many ${sample.mime} of\n${sample.code}`).toBe(sample.count ?? 1)
  for (const data of shown) checkData(data, sample)
}

function displayOf(result: Result, mime: string): string | undefined {
  if (result.type === 'html' && mime === 'text/html') return result.html
  if (result.type !== 'media' || result.mime !== mime) return undefined
  return typeof result.data === 'string' ? result.data : JSON.stringify(result.data)
}

function checkData(data: string, sample: DisplaySample): void {
  const magic = MAGIC[sample.mime]
  if (magic) expect(bytesOf(data, sample.mime)).toMatch(magic)
  if (sample.data) expect(data).toMatch(sample.data)
}

/** Raster images come as a `data:` URI. */
function bytesOf(uri: string, mime: string): string {
  const head = `data:${mime};base64,`
  expect(uri.slice(0, head.length)).toBe(head)
  return Buffer.from(uri.slice(head.length), 'base64').toString('latin1')
}
