import { expect, test } from 'vitest'
import { jsonError } from '../../src/image/json-error.ts'

test.each([
  ['{"a": \n\n ]}', 3],
  ['{\n  "a": 1,\n}', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['[1,\n2,\n3', 3],
  ['', 1],
  ['{\n"a": "b', 2],
  ['{"a":\n tru,\n"b": 1}', 2],
  ['{}\n{}', 2],
  ['{"a": "x\ny"}', 1],
  [`{\n${'"a": 1,\n'.repeat(50)}"b": =}`, 52],
])('%j goes wrong in line %d', (text, line) => {
  const error = jsonError(text)
  expect(error?.line).toBe(line)
  expect(error?.message).not.toContain('\n')
})

test.each(['{}', '[1, "a\\n"]\n', ' null '])('%j is JSON', (text) => {
  expect(jsonError(text)).toBeUndefined()
})
