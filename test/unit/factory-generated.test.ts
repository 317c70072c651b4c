import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCatalogue, renderCatalogue } from '../../src/image/factory/catalogue.ts'
import { writeGenerated } from '../../src/image/factory/generate.ts'
import { METADATA, metadataOf } from '../../src/image/factory/metadata.ts'
import { tagOf } from '../../src/image/factory/reference.ts'
import { usePolicy } from '../../src/jail/policy-files.ts'
import { parseDefinition } from '../../src/service/definition.ts'
import { PROJECT } from './source-files.ts'

const IMAGES = join(PROJECT, 'images')
const { images } = readCatalogue(IMAGES)
const files = new Map(renderCatalogue(IMAGES, images, join(PROJECT, 'policies')))
const dockerfiles = [...files].filter(([path]) => path.includes('/Dockerfile.'))
const scratch = mkdtempSync(join(tmpdir(), 'krunner-test-'))
const everything = { overwrite: true, isOurs: () => true }

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
}

test('what is committed is what the manifest and the templates make', () => {
  const committed = filesBelow(join(IMAGES, 'generated'))
  const generated = new Map([...files, [METADATA, metadataOf(images)]])
  const different = [...new Set([...committed.keys(), ...generated.keys()])].filter(
    (path) => committed.get(path) !== generated.get(path),
  )
  expect(different, 'run `krunner image generate --dump-metadata --overwrite`').toEqual([])
})

describe('writing', () => {
  test('a second time changes nothing', () => {
    const folder = join(scratch, 'twice')
    expect(writeGenerated(folder, files, everything).written.length).toBe(files.size)
    const again = writeGenerated(folder, files, everything)
    expect([again.written, again.removed, again.kept]).toEqual([[], [], []])
    expect(filesBelow(folder)).toEqual(files)
  })

  test('leaves alone what somebody has changed, and what is of no image, unless it is told to write over', () => {
    const folder = join(scratch, 'changed')
    cpSync(join(scratch, 'twice'), folder, { recursive: true })
    const mine = 'kernel-c/Dockerfile.6.3'
    writeFileSync(join(folder, mine), 'FROM scratch\n')
    writeFileSync(join(folder, 'kernel-c/Dockerfile.0'), 'FROM scratch\n')
    const careful = writeGenerated(folder, files, { ...everything, overwrite: false })
    expect(careful.kept).toEqual([mine, 'kernel-c/Dockerfile.0'])
    expect(readFileSync(join(folder, mine), 'utf8')).toBe('FROM scratch\n')
    const bold = writeGenerated(folder, files, everything)
    expect([bold.written, bold.removed]).toEqual([[mine], ['kernel-c/Dockerfile.0']])
    expect(filesBelow(folder)).toEqual(files)
  })
})

describe('every Dockerfile', () => {
  test('there is one for each image', () => {
    expect(dockerfiles.length).toBe(images.length)
    expect(new Set(dockerfiles.map(([path]) => path)).size).toBe(images.length)
  })

  test('is built upon a base of one version', () => {
    const bases = dockerfiles.map(([, text]) => /^ARG BASE_IMAGE=(.+)$/m.exec(text)?.[1] ?? '')
    expect(bases.filter((base) => [undefined, 'latest'].includes(tagOf(base)))).toEqual([])
  })

  test('installs of pip what has a version', () => {
    const words = images.flatMap(({ pip }) => pip).filter((word) => !word.startsWith('--'))
    const pinned = /==\S+$|\.whl$|\.git@\$\{MODEL_SERVER_COMMIT\}$/
    expect(words.filter((word) => !pinned.test(word))).toEqual([])
  })

  test("has the language's package of a version, where the distribution has several", () => {
    const languages = images.filter(({ name, packages }) => name.startsWith('kernel-') && packages.length > 0)
    const loose = languages.filter(({ packages, python, steps, parent }) => {
      const isPinned = packages.some((each) => /[=~]\d|=\d|=~/.test(each))
      return !isPinned && !python && steps.length === 0 && !parent
    })
    expect(loose.map(({ reference }) => reference)).toEqual([])
  })

  test('has no secrets, and nothing of the runner', () => {
    const odd =
      /password|secret|token=\S|BEGIN [A-Z ]*PRIVATE|\/opt\/kernel|opt\/backend\.ai\/(?!lib")|krunner (?!image)/i
    expect(dockerfiles.filter(([, text]) => odd.test(text)).map(([path]) => path)).toEqual([])
  })

  test('has what changes often at its end: first packages, then what is copied, then labels', () => {
    const order = ['FROM', 'ENV', 'RUN', 'COPY', 'WORKDIR', 'LABEL']
    const instructions = (text: string) => [...text.matchAll(/^([A-Z]+) /gm)].map(([, word]) => word ?? '')
    const mixed = dockerfiles.filter(([, text]) => {
      const places = instructions(text).flatMap((word) => (order.includes(word) ? [order.indexOf(word)] : []))
      return places.some((place, index) => place < (places[index - 1] ?? 0))
    })
    expect(mixed.map(([path]) => path)).toEqual([])
  })

  test('copies a policy that there is, and definitions of its services', () => {
    const copied = dockerfiles.flatMap(([path, text]) =>
      [...text.matchAll(/^COPY (\S+) /gm)].map(([, source]) => join(path, '..', source ?? '')),
    )
    const paths = [...files.keys()]
    expect(
      copied.filter((source) => !paths.some((path) => path === source || path.startsWith(source))),
    ).toEqual([])
    expect(
      dockerfiles.filter(([, text]) => !text.includes('COPY policy.yml /etc/backend.ai/jail/policy.yml')),
    ).toEqual([])
  })
})

test('every policy and every service definition can be used', () => {
  writeGenerated(join(scratch, 'policies'), files, everything)
  for (const [path, content] of files) {
    if (path.endsWith('policy.yml'))
      expect(usePolicy(join(scratch, 'policies', path)).warnings, path).toEqual([])
    if (path.endsWith('.json')) expect(() => parseDefinition(path, content), path).not.toThrow()
  }
})

test('the metadata has what programs ask for of each image', () => {
  const { images: list } = JSON.parse(metadataOf(images))
  expect(list.length).toBe(images.length)
  const c = list.find(
    ({ name, tag }: { name: string; tag: string }) => name === 'kernel-cpp' && tag === '12.2-debian12',
  )
  expect(c).toMatchObject({
    base: 'docker.io/lablup/kernel-c:12.2-debian12',
    distribution: 'debian 12',
    dockerfile: 'kernel-cpp/Dockerfile.12.2-debian12',
    policy: 'cpp',
    labels: { 'ai.backend.runtime-type': 'cpp', 'ai.backend.runtime-path': '/usr/bin/g++' },
  })
})
