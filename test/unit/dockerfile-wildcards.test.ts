import { expect, test } from 'vitest'
import { findMatching, matches } from '../../src/image/dockerfile/wildcards.ts'
import { temporaryFolder } from '../harness/krunner.ts'

test.each([
  ['*', 'a.json', true],
  ['*', '', true],
  ['*.json', 'a.json', true],
  ['*.json', 'a.json.old', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['?.json', 'a.json', true],
  ['?.json', 'ab.json', false],
  ['[ab].json', 'b.json', true],
  ['[a-c]x', 'bx', true],
  ['[^a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['[\\]]', ']', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['{a,b}', 'a', false],
  ['{a,b}', '{a,b}', true],
  ['[', '[', true],
])('%s and %s: %s', (pattern, name, isMatch) => {
  expect(matches(name, pattern)).toBe(isMatch)
})

test('files are found in folders that match', () => {
  const folder = temporaryFolder({ 'a/one.json': '', 'a/two.txt': '', 'b/three.json': '', 'four.json': '' })
  expect(findMatching('*/*.json', folder)).toEqual(['a/one.json', 'b/three.json'])
  expect(findMatching('/a/*', folder)).toEqual(['a/one.json', 'a/two.txt'])
  expect(findMatching('*.json', folder)).toEqual(['four.json'])
  expect(findMatching('c/*', folder)).toEqual([])
})

test('a pattern that is made to be slow is not', () => {
  expect(matches('a'.repeat(200_000), `${'*a'.repeat(200)}b`)).toBe(false)
  expect(matches('a'.repeat(1000), '{a,b}'.repeat(1000))).toBe(false)
})
