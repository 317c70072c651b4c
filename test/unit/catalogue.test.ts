import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/errors.ts'
import { PROJECT, sourceFiles } from './source-files.ts'

const documented = [
  ...readFileSync(join(PROJECT, 'docs/errors.md'), 'utf8').matchAll(/^\|\s*`([A-Z0-9_]+)`/gm),
]
const named = documented.map(([, code]) => code ?? '')

test('every error of the catalogue stands in docs/errors.md', () => {
  expect(ERROR_CODES.filter((code) => !named.includes(code))).toEqual([])
})

test('every error in docs/errors.md is one of the catalogue, and stands there once', () => {
  expect(named.filter((code, index) => !isKnown(code) || named.indexOf(code) !== index)).toEqual([])
})

test('every error of the catalogue is thrown somewhere', () => {
  const sources = sourceFiles('src', 'runtimes').filter((file) => file !== 'src/errors.ts')
  const text = sources.map((file) => readFileSync(join(PROJECT, file), 'utf8')).join('\n')
  expect(ERROR_CODES.filter((code) => !text.includes(`'${code}'`))).toEqual([])
})

function isKnown(code: string): boolean {
  return (ERROR_CODES as readonly string[]).includes(code)
}
