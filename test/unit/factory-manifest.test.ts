/** What is wrong with a manifest or a template is told with its place. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { KrunnerError } from '../../src/errors.ts'
import { parseManifest } from '../../src/image/factory/manifest.ts'
import { resolveImages } from '../../src/image/factory/resolve.ts'
import { Templates } from '../../src/image/factory/template.ts'
import { PROJECT } from './source-files.ts'

const GOOD = readFileSync(join(PROJECT, 'test/fixtures/small-manifest.yml'), 'utf8')

/** The good one with one text replaced by another, which stands in the line of that number. */
function changed(from: string, to: string): { text: string; line: number } {
  const at = GOOD.indexOf(from)
  if (at < 0) throw new Error(`the fixture has no '${from}'`)
  return { text: GOOD.replace(from, () => to), line: GOOD.slice(0, at).split('\n').length }
}

function problemsOf(text: string): string[] {
  try {
    resolveImages(parseManifest('m.yml', text), { runtimes: ['c', 'python'] })
    return []
  } catch (error) {
    if (error instanceof KrunnerError && error.code === 'BAD_MANIFEST')
      return error.message.split('\n').slice(1)
    throw error
  }
}

test('a good one has no problems, and a version with a last zero is not a number', () => {
  expect(problemsOf(GOOD)).toEqual([])
  const images = resolveImages(parseManifest('m.yml', GOOD))
  expect(images.map(({ name, tag }) => `${name}:${tag}`)).toEqual(['parent:one', 'parent:1.10', 'child:one'])
})

describe('a manifest', () => {
  test.each([
    [
      'a distribution that there is not',
      'debian 12, python',
      'gentoo 12, python',
      /distribution is 'gentoo'.*choose one of debian/,
    ],
    [
      'a version of it that there is not',
      'debian 12, python',
      'debian 99, python',
      /'99'.*choose one of 11, 12/,
    ],
    [
      'a Python that the distribution does not have',
      'debian 12, python',
      'debian 11, python',
      /python is '3.11', which debian 11 does not have; it has 3.9/,
    ],
    [
      'a Python that nobody knows',
      'python: "3.11" }',
      'python: "3.99" }',
      /'3.99', which debian 12 does not have; it has 3.9, 3.11/,
    ],
    [
      'two images of one tag',
      'tags: [one, "1.10"]',
      'tags: [one, one]',
      /makes parent:one a second time; the first is at m.yml:\d+:\d+/,
    ],
    [
      'an image upon one that there is not',
      'from: "parent:one"',
      'from: "parent:two"',
      /is 'parent:two', and the manifest has no such image/,
    ],
    [
      'a key that is misspelt',
      'packages: [gcc]',
      'pakages: [gcc]',
      /releases\.0\.pakages is no key of this place; did you mean 'packages'\?/,
    ],
    ['a missing key', '    title: Child\n', '', /title is missing/],
    ['a value of the wrong kind', 'packages: [gcc]', 'packages: gcc', /packages is "gcc", and must be Array/],
    ['a tag that is none', 'tags: [one, "1.10"]', 'tags: ["a b"]', /'a b' is no tag/],
    [
      'a base of no version',
      'base: "debian:12.11-slim"',
      'base: "debian:latest"',
      /latest', which is another image tomorrow/,
    ],
    [
      'a package manager that there is not',
      'package-manager: apt',
      'package-manager: pacman',
      /'pacman' is none of apt, apk, yum and dnf/,
    ],
    [
      'a release type that there is not',
      'packages: [gcc]',
      'release-type: nightly',
      /release-type is 'nightly'.*choose one of kernels/,
    ],
    [
      'a name that is not known in braces',
      'packages: [gcc]',
      'packages: ["gcc={release}"]',
      /names \{release\}, which is not known here; there is \{version\}, \{tag\}/,
    ],
    [
      'an amount that is none',
      'resources: { cpu: "1", mem: 256m }\n    releases:\n      - { tags: [one], from',
      'resources: { cpu: "1", mem: lots }\n    releases:\n      - { tags: [one], from',
      /resource\.min\.mem.*lots/,
    ],
    [
      'a runtime type that there is not',
      'runtime-type: c\n',
      'runtime-type: cobol\n',
      /runtime-type is 'cobol'.*choose one of/,
    ],
  ])('with %s is refused, with the line', (_, from, to, message) => {
    const { text, line } = changed(from, to)
    const problems = problemsOf(text)
    expect(problems.join('\n')).toMatch(message)
    expect(problems[0]).toMatch(/^m\.yml:\d+:\d+: /)
    // A missing key has the place of what it is missing in; a part with several lines that of the line at fault.
    const found = Number(problems[0]?.split(':')[1])
    expect(Math.abs(found - line)).toBeLessThanOrEqual(to === '' || to.includes('\n') ? 5 : 0)
  })

  test('whose images are built upon each other in a circle says the circle', () => {
    const { text } = changed('distribution: debian 12, python: "3.11"', 'from: "child:one"')
    expect(problemsOf(text).join('\n')).toMatch(
      /m\.yml:\d+:\d+: .*in a circle: parent:one -> child:one -> parent:one/,
    )
  })

  test('that is no YAML says the line', () => {
    expect(problemsOf(`${GOOD}\n  - [unclosed`).join('\n')).toMatch(/^m\.yml:\d+:\d+: /)
  })

  test('with several problems says all of them at once', () => {
    const text = GOOD.replace('debian 12, python', 'gentoo 12, python').replace(
      'namespace: someone',
      'nmespace: someone',
    )
    expect(problemsOf(text).length).toBeGreaterThanOrEqual(2)
    const later = GOOD.replace('"3.11" }\n  - name', '"3.12" }\n  - name').replace(
      '"parent:one", packages',
      '"nobody:one", packages',
    )
    expect(problemsOf(later).length).toBe(2)
  })
})

describe('a template', () => {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function render(
    files: Readonly<Record<string, string>>,
    values: Record<string, unknown> = { here: 'yes' },
  ): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return new Templates(folder).render('main.j2', values)
  }

  test('with known names is rendered', () => {
    const text = '{% for each in list %}{{ loop.index }}{{ each }}{% endfor %}{% set more = here %}{{ more }}'
    expect(render({ 'main.j2': text }, { here: 'yes', list: ['a', 'b'] })).toBe('1a2byes')
  })

  test.each([
    ['printed', 'FROM scratch\n{{ absent }}', 'main.j2:2:4', 'absent'],
    ['asked for in a condition', 'FROM scratch\n\n{% if absent %}x{% endif %}', 'main.j2:3:7', 'absent'],
    ['gone through', '{% for x in absent %}{{ x }}{% endfor %}', 'main.j2:1:13', 'absent'],
    ['given to a filter', '{{ absent | shell }}', 'main.j2:1:4', 'absent'],
  ])('with a name that is not known, %s, is refused with its place', (_, text, place, name) => {
    expect(() => render({ 'main.j2': text })).toThrow(
      `${folder}/${place}: '${name}' is not defined; there is here`,
    )
  })

  test('with such a name in what it includes is refused with the place of that', () => {
    const files = {
      'main.j2': '{% include "blocks/part.j2" %}',
      'blocks/part.j2': 'RUN a\nRUN {{ absent }}\n',
    }
    expect(() => render(files)).toThrow(`${folder}/blocks/part.j2:2:8: 'absent' is not defined`)
  })

  test('that prints a part that a value does not have is refused with file, line and the line itself', () => {
    const files = {
      'main.j2': '{% include "blocks/part.j2" %}',
      'blocks/part.j2': 'RUN a\nRUN {{ here.absent }}\n',
    }
    expect(() => render(files)).toThrow(/blocks\/part\.j2:2.*RUN \{\{ here\.absent \}\}/s)
  })

  test('that includes what there is not is refused', () => {
    expect(() => render({ 'main.j2': '{% include "blocks/absent.j2" %}' })).toThrow(
      /blocks\/absent\.j2: there is no such template/,
    )
  })

  test('that does not parse is refused with its place', () => {
    expect(() => render({ 'main.j2': 'a\n{% if here %}' })).toThrow(/main\.j2:\d+/)
  })
})
