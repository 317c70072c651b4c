import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT, sourceFiles } from './source-files.ts'

/** More than this is a second thing in the same file. */
const MOST_LINES = 300
const VAGUE = /(^|[/-])(utils?|helpers?|managers?|misc|common)\.ts$/

const files = sourceFiles('src', 'runtimes', 'scripts', 'test')

test('no file is longer than one thing needs', () => {
  const long = files.filter(
    (file) => readFileSync(join(PROJECT, file), 'utf8').split('\n').length > MOST_LINES,
  )
  expect(long).toEqual([])
})

test('every file has a name that says what is in it', () => {
  expect(files.filter((file) => VAGUE.test(file))).toEqual([])
})
