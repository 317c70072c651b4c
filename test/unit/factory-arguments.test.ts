import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withArguments } from '../../src/image/factory/arguments.ts'
import { readCatalogue } from '../../src/image/factory/catalogue.ts'
import { parseManifest } from '../../src/image/factory/manifest.ts'
import { resolveImages } from '../../src/image/factory/resolve.ts'
import { selectImages } from '../../src/image/factory/select.ts'
import { PROJECT } from './source-files.ts'

const { images } = readCatalogue(join(PROJECT, 'images'))

function build(names: readonly string[], given: Readonly<Record<string, string>>) {
  return withArguments(selectImages(images, names), given)
}

describe('PYTHON_VERSION', () => {
  test('chooses another Python of the distribution: the tag and the labels say so', () => {
    const [image] = build(['kernel-python:2.7'], { PYTHON_VERSION: '3.9' })
    expect(image?.reference).toMatch(/kernel-python:2\.7-python3\.9$/)
    expect(image?.labels['ai.backend.runtime-path']).toBe('/usr/bin/python3.9')
    expect(image?.arguments).toMatchObject({ PYTHON_VERSION: '3.9' })
  })

  test('of sources is its last release, with the pip that knows it', () => {
    const images = resolveImages(
      parseManifest(
        'm.yml',
        readFileSync(join(PROJECT, 'test/fixtures/small-manifest.yml'), 'utf8')
          .replace('"3.11": packages', '"3.11": source')
          .replace('python: "3.11" }', 'python: "3.11", pip: [a==1] }'),
      ),
    )
    const [image] = withArguments(selectImages(images, ['parent:one']), { PYTHON_VERSION: '3.9' })
    expect(image?.arguments).toEqual({ PYTHON_VERSION: '3.9.23', PIP_VERSION: '24.3.1' })
  })

  test('that is the default changes nothing', () => {
    expect(build(['kernel-python:2.7'], { PYTHON_VERSION: '2.7' })).toEqual(
      selectImages(images, ['kernel-python:2.7']),
    )
  })

  test('that the distribution does not have is refused, with what it has', () => {
    expect(() => build(['kernel-python:2.7'], { PYTHON_VERSION: '3.12' })).toThrow(
      /'3.12'.*debian 11, which has 2.7, 3.9/,
    )
  })

  test('reaches an image that is built upon such a one', () => {
    const both = build(['base-mkl:py36', 'python-tensorflow:2.3-py36'], { PYTHON_VERSION: '3.7' })
    expect(both.map(({ tag }) => tag)).toEqual(['py36-python3.7', '2.3-py36-python3.7'])
    expect(both[1]?.parent).toMatch(/base-mkl:py36-python3\.7$/)
  })
})

test('a commit of the model server is an argument of its devel releases', () => {
  const [image] = build(['model-server:*-ubuntu20.04-devel'], { MODEL_SERVER_COMMIT: '0123abc' })
  expect(image?.tag).toBe('0.13.0-ubuntu20.04-devel-0123abc')
})

test('an argument that no image takes is refused, with what they take', () => {
  expect(() => build(['kernel-lua'], { PYTHON_VERSION: '3.9' })).toThrow(
    /no image of these takes it; they take none/,
  )
})

test('another version makes the releases of the model server of that, and nothing else', () => {
  const { images: later } = readCatalogue(join(PROJECT, 'images'), { version: '0.13.1' })
  const changed = later.filter((image, index) => image.tag !== images[index]?.tag)
  expect(new Set(changed.map(({ name }) => name))).toEqual(new Set(['model-server']))
  expect(changed[0]?.pip).toEqual(['bentoml==0.13.1'])
})
