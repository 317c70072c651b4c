import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintImage } from '../../src/image/lint/lint.ts'
import { describeSubject } from '../../src/image/subject.ts'
import { runtimeFacts } from '../../src/runtime/facts.ts'
import { PROJECT } from './source-files.ts'

const GENERATED = join(PROJECT, 'images/generated')
/** What agents' own runner needs on Alpine, as the linter tells. */
const FOR_OTHERS = /LD_LIBRARY_PATH has \/opt\/backend\.ai/

test('the linter finds nothing wrong with any generated Dockerfile, its policy and its service definitions', async () => {
  const runtimes = await runtimeFacts()
  const folders = readdirSync(GENERATED, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const images = await Promise.all(
    folders.map(({ name }) =>
      describeSubject(join(GENERATED, name), { context: undefined, target: undefined, args: new Map() }),
    ),
  )
  const findings = images.flat().flatMap((image) => lintImage(image, runtimes))
  expect(images.flat().length).toBeGreaterThan(200)
  expect(findings.filter(({ severity, what }) => severity !== 'note' || !FOR_OTHERS.test(what))).toEqual([])
})
