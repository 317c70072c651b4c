import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withTables } from '../../scripts/labels.ts'
import { LABELS } from '../../src/image/catalogue.ts'
import { parseLabels, resourceLabel } from '../../src/image/labels.ts'
import { SLOTS } from '../../src/image/resources.ts'
import { PROJECT } from './source-files.ts'

const document = readFileSync(join(PROJECT, 'docs', 'labels.md'), 'utf8')

test('docs/labels.md is what the catalogue says (else: npm run labels)', () => {
  expect(document).toBe(withTables(document))
})

test.each([
  ...Object.values(LABELS).map(({ name, example }) => [name, example] as const),
  ...SLOTS.map(({ name, bound, example }) => [resourceLabel(bound, name), example] as const),
])('the example of %s is a good one, and documented', (name, example) => {
  expect(parseLabels({ [name]: example }).problems).toEqual([])
  expect(document).toContain(name)
  expect(document).toContain(example)
})
