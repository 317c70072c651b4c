import { expect, test } from 'vitest'
import { build } from '../../src/image/dockerfile/build.ts'
import { parseDockerfile } from '../../src/image/dockerfile/instructions.ts'
import { wholeOf } from '../../src/image/dockerfile/stage.ts'

const MEGABYTE = 1024 * 1024
const DOUBLINGS = Array.from({ length: 200 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}`)
const MANY = Array.from({ length: 20_000 }, (_, index) => `x${index}=1`).join(' ')
const NESTED = `${'${A:-'.repeat(50_000)}x${'}'.repeat(50_000)}`

/** A guard against a time that grows with the square of the length, or memory with its power: each is over in a moment or never. */
test.each([
  ['a megabyte in a label', `FROM a\nLABEL x=${'y'.repeat(MEGABYTE)}`],
  ['a megabyte of escapes', `FROM a\nLABEL x=${'\\'.repeat(MEGABYTE)}`],
  ['a megabyte of blanks', `FROM a\nLABEL x=1${' \t'.repeat(MEGABYTE / 2)}y`],
  ['a megabyte of dollars', `FROM a\nLABEL x=${'$'.repeat(MEGABYTE)}`],
  ['a megabyte of open braces', `FROM a\nLABEL x=${'${'.repeat(MEGABYTE / 2)}`],
  ['a megabyte of quotes', `FROM a\nLABEL x=${'"\''.repeat(MEGABYTE / 2)}`],
  ['a megabyte of variables', `FROM a\nENV A=${'z'.repeat(100_000)}\nLABEL x=${'$A'.repeat(MEGABYTE / 2)}`],
  ['the same in quotes', `FROM a\nENV A=${'z'.repeat(100_000)}\nLABEL x="${'$A'.repeat(MEGABYTE / 2)}"`],
  ['a megabyte of labels', `FROM a\nLABEL ${'x=1 '.repeat(MEGABYTE / 4)}`],
  ['a megabyte of lines that go on', `FROM a\nLABEL ${'x=1 \\\n'.repeat(MEGABYTE / 6)}`],
  ['a megabyte of comments in one', `FROM a\nLABEL x=1 \\\n${'#\n'.repeat(MEGABYTE / 2)}y=1`],
  ['a megabyte of here-documents', `FROM a\nRUN ${'<<A '.repeat(MEGABYTE / 4)}`],
  ['a megabyte of stages', `${'FROM a\n'.repeat(MEGABYTE / 7)}`],
  [
    'stages of stages with many labels',
    `FROM a AS b\nLABEL ${MANY}\n${'FROM b\nFROM b AS b\n'.repeat(MEGABYTE / 40)}`,
  ],
  ['a megabyte without an end of line', 'x'.repeat(MEGABYTE)],
  ['a directive of a megabyte', `#escape=${' '.repeat(MEGABYTE)}x\nFROM a`],
  ['NUL bytes', `FROM a\nLABEL x=\0 \0=y\n\0`],
  ['an ARG of itself', 'FROM a\nARG A=$B\nARG B=$A\nARG A=$A$B\nLABEL x=$A'],
  ['an ARG that doubles two hundred times', `FROM a\nARG A0=xy\n${DOUBLINGS.join('\n')}\nLABEL x=$A200`],
  ['a stage of itself', 'FROM b AS b\nFROM b AS b\nLABEL x=1'],
  ['a trigger of a trigger', 'FROM a AS b\nONBUILD ONBUILD LABEL x=1\nFROM b AS c\nFROM c'],
  ['fifty thousand braces in each other', `FROM a\nLABEL x=${NESTED}`],
  [
    'names that objects have',
    'FROM a\nLABEL __proto__=1 constructor=2\nENV __proto__=1\nLABEL x=$constructor$toString',
  ],
])('%s', (_, source) => {
  const { stage, findings } = build(parseDockerfile(source), {
    file: 'f',
    args: new Map(),
    target: undefined,
  })
  if (stage) expect(wholeOf(stage).labels.size).toBeLessThan(MEGABYTE)
  for (const { what, mend } of findings) expect((what + mend).length).toBeLessThan(500)
})
