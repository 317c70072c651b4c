import { expect, test } from 'vitest'
import { nearest } from '../../src/nearest.ts'

const CALLS = ['open', 'openat', 'openat2', 'close', 'unlink']

test.each([
  ['opennat', 'openat'],
  ['opneat', 'openat'],
  ['OPENAT', 'openat'],
  ['clos', 'close'],
  ['opena2', 'openat'],
])('%s is probably %s', (found, meant) => {
  expect(nearest(found, CALLS)).toBe(meant)
})

test('what is like no known name has no nearest one', () => {
  expect(nearest('frobnicate', CALLS)).toBeUndefined()
  expect(nearest('', CALLS)).toBeUndefined()
  expect(nearest('open', [])).toBeUndefined()
})
