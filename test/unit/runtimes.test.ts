import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { withTable } from '../../scripts/readme.ts'
import type { Surveyed } from '../../src/cli/runtimes/survey.ts'
import { drawRuntimes } from '../../src/cli/runtimes/table.ts'
import { OFFERS, offersOf } from '../../src/runtime/offers.ts'
import { allRuntimes } from '../../src/runtime/registry.ts'
import type { Samples } from '../conformance/samples.ts'
import { PROJECT } from './source-files.ts'

const runtimes = (await allRuntimes()).map(({ runtime }) => runtime)

test("the README's table is what the runtimes say of themselves (else: npm run readme)", () => {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8')
  expect(readme).toBe(withTable(readme, runtimes))
})

test.each(runtimes.map((runtime) => [runtime.name, runtime] as const))(
  'what %s says it offers is what its samples show',
  async (name, runtime) => {
    const file = pathToFileURL(join(PROJECT, 'test', 'samples', `${name}.ts`)).href
    const { default: samples }: { default: Samples } = await import(file)
    const shown = samples.query !== undefined
    expect(offersOf(runtime)).toEqual({
      batch: samples.batch !== undefined,
      query: shown,
      // Samples of a query mode always have these.
      persistent: shown,
      input: shown,
      completion: shown,
      rich: (samples.query?.displays?.length ?? 0) > 0,
      terminal: true,
    })
  },
)

const offers = Object.fromEntries(OFFERS.map((offer) => [offer, true])) as Surveyed['offers']
const SOME: Surveyed[] = [
  {
    type: 'here',
    aliases: ['hither'],
    title: 'Here',
    versions: 'any',
    executable: '/opt/a long way/東京/here',
    version: '1.2',
    missing: null,
    offers,
  },
  {
    type: 'gone',
    aliases: [],
    title: 'Gone',
    versions: 'any',
    executable: null,
    version: null,
    missing: 'none of gone is in PATH',
    offers,
  },
]

test('a pipe gets one line for each runtime', () => {
  const [head, ...lines] = drawRuntimes(SOME, {}).split('\n')
  expect(head).toMatch(/^TYPE +ALIASES +EXECUTABLE +VERSION +BATCH/)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^here +hither +\/opt\/a long way\/東京\/here +1\.2 +yes/)
  expect(lines[1]).toMatch(/^gone +- +not installed +- +yes/)
})

test.each([40, 80])('no line is wider than a screen of %d columns', (columns) => {
  const lines = drawRuntimes(SOME, { columns }).split('\n')
  expect(lines.filter((line) => line.length > columns)).toEqual([])
  expect(lines).toContain('here, hither')
})
