/** The catalogue that images have been known by: its tables, row by row, are in `test/fixtures/catalogue-rows.tsv`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCatalogue } from '../../src/image/factory/catalogue.ts'
import type { ImageSpec } from '../../src/image/factory/spec.ts'
import { PROJECT } from './source-files.ts'

interface Row {
  readonly table: string
  readonly image: string
  readonly features: readonly string[]
}

/** Columns of the table of bases: their rows are names of a framework, its version, Python and accelerator. */
const MATRIX = ['base-mkl', 'base-cuda', 'base-TPU', 'base-ROCm']
const RELEASE_TYPES = ['runtime', 'cudnn', 'devel']
const DISTRIBUTIONS = ['ubuntu', 'debian', 'alpine', 'centos', 'amazonlinux', 'ubi']

const { images } = readCatalogue(join(PROJECT, 'images'))
const byName = new Map(images.map((image) => [`${image.name}:${image.tag}`, image]))
const rows = readFileSync(join(PROJECT, 'test/fixtures/catalogue-rows.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map(parseRow)

function parseRow(line: string): Row {
  const [table = '', name = '', tag = '', features = ''] = line.split('\t')
  const image = MATRIX.includes(table) ? ofMatrix(name) : `${name.replace('lablup/', '')}:${tag}`
  return { table, image, features: features.split(' ').filter(Boolean) }
}

/** `tensorflow-2.3-py36` is `python-tensorflow:2.3-py36`. */
function ofMatrix(name: string): string {
  const [, framework = '', tag = ''] = /^(?:python-)?([a-z0-9]+?)-(\d.*)$/.exec(name) ?? []
  return `python-${framework}:${tag}`
}

describe('the tables', () => {
  test('have as many rows as they have had', () => {
    const count = (tables: readonly string[]) => rows.filter(({ table }) => tables.includes(table)).length
    expect(rows.length).toBe(205)
    expect(count(MATRIX)).toBe(67)
    expect(count(['TensorFlow', 'PyTorch', 'CNTK', 'MXnet', 'All-in-one Environment'])).toBe(28)
    expect(count(['NGC-TensorFlow', 'NGC-Pytorch', 'NGC-MXNet', 'NGC-MATLAB'])).toBe(93)
  })

  test('are in the manifest, every row', () => {
    // The console's row has no version.
    const missing = rows.filter(({ image }) => !byName.has(image.replace(/:-$/, ':alpine3.8')))
    expect(missing).toEqual([])
  })

  test('list two NGC TensorFlow tags twice, and each is one image', () => {
    const names = rows.map(({ image }) => image)
    const twice = names.filter((name, index) => names.indexOf(name) !== index)
    expect(twice).toEqual(['ngc-tensorflow:19.12-tf1-py3', 'ngc-tensorflow:22.01-tf1-py3'])
    expect(
      twice.map((name) => images.filter((image) => `${image.name}:${image.tag}` === name).length),
    ).toEqual([1, 1])
  })

  test('promise features, and the labels promise them too', () => {
    // MATLAB has no way to run cells here: a session of it has its services alone.
    const broken = rows.filter(({ image, features }) => {
      const labelled = byName.get(image)?.features ?? features
      return !image.startsWith('ngc-matlab') && !features.every((feature) => labelled.includes(feature))
    })
    expect(broken).toEqual([])
  })

  test.each([
    ['base-mkl', 'mkl'],
    ['base-cuda', 'cuda'],
    ['base-TPU', 'tpu'],
    ['base-ROCm', 'rocm'],
  ])('%s: its images have that accelerator', (table, accelerator) => {
    const ofTable = rows
      .filter((row) => row.table === table)
      .map(({ image }) => byName.get(image)?.accelerator?.name)
    expect(new Set(ofTable)).toEqual(new Set([accelerator]))
    expect(byName.has(`${table.toLowerCase()}:py36`) || images.some(({ name }) => name === table)).toBe(true)
  })
})

describe('the model server', () => {
  const releases = images.filter(({ name }) => name === 'model-server')
  const kindOf = ({ distribution, releaseType }: ImageSpec) => `${distribution.name} ${releaseType}`

  test('is released for each distribution in each release type, but for CUDA on musl, which there is not', () => {
    const wanted = DISTRIBUTIONS.flatMap((name) => RELEASE_TYPES.map((type) => `${name} ${type}`))
    const there = new Set(releases.map(kindOf))
    expect(wanted.filter((kind) => !there.has(kind))).toEqual(['alpine cudnn'])
  })

  test('has CUDA in its cudnn releases alone', () => {
    const withCuda = releases.filter(({ accelerator }) => accelerator?.name === 'cuda')
    expect(withCuda.map(({ releaseType }) => releaseType)).toEqual(withCuda.map(() => 'cudnn'))
    expect(withCuda.length).toBeGreaterThanOrEqual(5)
  })
})
