/** The entries of `docs/adding-an-image.md`, in the place where a reader would put them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { renderCatalogue } from '../../src/image/factory/catalogue.ts'
import { writeGenerated } from '../../src/image/factory/generate.ts'
import { parseManifest } from '../../src/image/factory/manifest.ts'
import { resolveImages } from '../../src/image/factory/resolve.ts'
import { lintImage } from '../../src/image/lint/lint.ts'
import { describeSubject } from '../../src/image/subject.ts'
import { runtimeFacts } from '../../src/runtime/facts.ts'
import { PROJECT } from './source-files.ts'

const docs = readFileSync(join(PROJECT, 'docs/adding-an-image.md'), 'utf8')
const entries = [...docs.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => indented(text))
const manifest = readFileSync(join(PROJECT, 'images/manifest.yml'), 'utf8') + entries.join('')
const images = resolveImages(parseManifest('m.yml', manifest)).filter(({ name }) => /perl|jax/.test(name))
const folder = mkdtempSync(join(tmpdir(), 'krunner-test-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('are an image of Ubuntu, of Alpine, with CUDA and with TPU', () => {
  const facts = images.map(({ tag, distribution, accelerator }) => [
    tag,
    distribution.name,
    accelerator?.name,
  ])
  expect(facts).toEqual([
    ['5.34-ubuntu22.04', 'ubuntu', undefined],
    ['5.34-alpine3.14', 'alpine', undefined],
    ['0.4-py38-cuda11.8', 'ubuntu', 'cuda'],
    ['0.4-py36-tpu', 'ubuntu', 'tpu'],
  ])
  const [ubuntu, , cuda, tpu] = images.map(({ labels }) => labels)
  expect(ubuntu).toMatchObject({
    'ai.backend.runtime-path': '/usr/bin/perl',
    'ai.backend.features': 'uid-match',
  })
  expect(cuda).toMatchObject({
    'ai.backend.accelerators': 'cuda',
    'ai.backend.resource.min.cuda.mem': '256m',
  })
  expect(tpu).toMatchObject({ 'ai.backend.resource.min.tpu.device': '1' })
})

test('and the linter has nothing against them', async () => {
  const files = renderCatalogue(join(PROJECT, 'images'), images, join(PROJECT, 'policies'))
  writeGenerated(folder, files, { overwrite: true, isOurs: () => true })
  const runtimes = await runtimeFacts()
  for (const name of ['kernel-perl', 'python-jax']) {
    const options = { context: undefined, target: undefined, args: new Map() }
    const found = await describeSubject(join(folder, name), options)
    const findings = found.flatMap((image) => lintImage(image, runtimes))
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
  }
})

/** As in the manifest: a release stands below its image. */
function indented(text: string): string {
  const blanks = text.startsWith('- name:') ? '  ' : '      '
  return text.replaceAll(/^(?=.)/gm, blanks)
}
