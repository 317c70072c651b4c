import { expect, test } from 'vitest'
import { ANY_LANGUAGE, goesOn } from '../../src/cli/editor/syntax.ts'

const anyLanguage = (text: string) => goesOn(text, ANY_LANGUAGE)

test.each([
  ['a block that a colon opens', 'for i in range(3):'],
  ['an indented block', 'for i in range(3):\n    print(i)'],
  ['a decorated block', 'class A:\n    x = 1\n\n    def f(self):\n        return 1'],
  ['an open bracket', 'print(1,'],
  ['brackets over lines', 'x = [\n  {"a": 1},'],
  ['an open brace of a function', 'function f() {\n  return 1'],
  ['a triple quote', 's = """one\ntwo'],
  ['a triple quote with an empty line', 's = """one\n\ntwo'],
  ['a double quote', 'echo "one'],
  ['a backslash', 'a = 1 + \\'],
])('%s goes on', (_, text) => {
  expect(anyLanguage(text)).toBe(true)
})

test.each([
  ['one line', 'print(1)'],
  ['nothing', ''],
  ['a bracket in a quote', 'print("(")'],
  ['an escaped quote', 'print("\\"")'],
  ['a closed triple quote', 's = """one\ntwo"""'],
  ['an indented block and an empty line', 'for i in range(3):\n    print(i)\n'],
  ['an empty line with an indent', 'for i in range(3):\n    print(i)\n    '],
  ['a line behind a block', 'for i in range(3):\n    print(i)\nprint(3)'],
  ['an indented argument', 'print(1,\n    2)'],
  ['a closed function', 'function f() {\n  return 1\n}'],
  ['one quote, which may be a prime or a transposition', "a' * b"],
  ['a bracket too many', 'print(1))'],
  ['an open bracket and two empty lines', 'print(1,\n\n'],
])('%s is complete', (_, text) => {
  expect(anyLanguage(text)).toBe(false)
})

test('a bracket in a comment opens nothing where the language has told its comments', () => {
  const syntax = { ...ANY_LANGUAGE, comments: ['#'], quotes: ["'"] }
  expect(goesOn('x = 1  # :-(', syntax)).toBe(false)
  expect(goesOn("x = '#('", syntax)).toBe(false)
  expect(goesOn("x = ('#'", syntax)).toBe(true)
  expect(goesOn('if x:  # why', syntax)).toBe(true)
})
