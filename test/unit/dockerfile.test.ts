// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles are full of them
import { describe, expect, test } from 'vitest'
import { build } from '../../src/image/dockerfile/build.ts'
import { parseDockerfile } from '../../src/image/dockerfile/instructions.ts'
import { wholeOf } from '../../src/image/dockerfile/stage.ts'

const FILE = 'Dockerfile'

function built(source: string, args: Record<string, string> = {}, target?: string) {
  const { stage, findings } = build(parseDockerfile(source), {
    file: FILE,
    args: new Map(Object.entries(args)),
    target,
  })
  const said = [...(stage ? wholeOf(stage).labels : [])]
  const labels = Object.fromEntries(said.map(([name, { value }]) => [name, value]))
  const lines = Object.fromEntries(said.map(([name, { place }]) => [name, place.line]))
  return { stage, labels, lines, told: findings.map(({ place, what }) => `${place.line}: ${what}`) }
}

/** Each as the reference of Dockerfiles says it, and as BuildKit does it. */
const LABELS: [what: string, source: string, labels: Record<string, string>][] = [
  ['several on a line', 'FROM a\nLABEL x=1 y=2', { x: '1', y: '2' }],
  ['several lines, the later wins', 'FROM a\nLABEL x=1\nLABEL x=2 y=3', { x: '2', y: '3' }],
  ['the old form', 'FROM a\nLABEL x  the rest of it ', { x: 'the rest of it' }],
  ['the old form with quotes', 'FROM a\nLABEL x "the rest"', { x: 'the rest' }],
  ['double quotes', 'FROM a\nLABEL x="a b" "y y"="c"', { x: 'a b', 'y y': 'c' }],
  ['single quotes', "FROM a\nENV V=1\nLABEL x='a $V'", { x: 'a $V' }],
  ['escaped blanks and quotes', 'FROM a\nLABEL x=a\\ b y="a \\"b\\" \\n"', { x: 'a b', y: 'a "b" \\n' }],
  ['small letters', 'from a\nlabel x=1', { x: '1' }],
  ['a continuation', 'FROM a\nLABEL x=1 \\\n  y=2', { x: '1', y: '2' }],
  ['blanks after the escape character', 'FROM a\nLABEL x=1 \\  \n  y=2', { x: '1', y: '2' }],
  ['a comment in a continuation', 'FROM a\nLABEL x=1 \\\n  # y=2 \\\n  z=3', { x: '1', z: '3' }],
  ['an empty line in a continuation', 'FROM a\nLABEL x=1 \\\n\n  y=2', { x: '1', y: '2' }],
  ['a word over two lines', 'FROM a\nLABEL x=one\\\ntwo', { x: 'onetwo' }],
  ['an escaped escape at the end', 'FROM a\nLABEL x=1\\\\\nLABEL y=2', { x: '1\\', y: '2' }],
  ['a last line that goes on', 'FROM a\nLABEL x=1 \\', { x: '1' }],
  ['CRLF', 'FROM a\r\nLABEL x=1 \\\r\n  y=2\r\n', { x: '1', y: '2' }],
  ['a byte order mark', '\uFEFFFROM a\nLABEL x=1', { x: '1' }],
  ['an escape directive', '# escape=`\nFROM a\nLABEL x=C:\\\\y `\n  z="a`"b"', { x: 'C:\\\\y', z: 'a"b' }],
  [
    'a directive among others',
    '# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nLABEL x=1 `\n y=2',
    { x: '1', y: '2' },
  ],
  ['a directive that comes too late', '# words\n# escape=`\nFROM a\nLABEL x=1 \\\n y=2', { x: '1', y: '2' }],
  ['$X and ${X}', 'FROM a\nENV X=1\nLABEL x=$X y=${X}2 z="$X $X"', { x: '1', y: '12', z: '1 1' }],
  ['an escaped $', 'FROM a\nENV X=1\nLABEL x=\\$X y="\\${X}"', { x: '$X', y: '${X}' }],
  ['a lone $', 'FROM a\nLABEL x=$ y=a$.b', { x: '$', y: 'a$.b' }],
  [
    '${X:-d} and ${X-d}',
    'FROM a\nENV E=\nLABEL a=${U:-d} b=${U-d} c=${E:-d} d=${E-d}',
    { a: 'd', b: 'd', c: 'd', d: '' },
  ],
  [
    '${X:+a} and ${X+a}',
    'FROM a\nENV E= X=1\nLABEL a=${U:+y} b=${X:+y} c=${E:+y} d=${E+y}',
    { a: '', b: 'y', c: '', d: 'y' },
  ],
  ['a default with variables', 'FROM a\nENV D=deep\nLABEL x=${A:-${B:-$D}}', { x: 'deep' }],
  ['a default with blanks', 'FROM a\nLABEL x="${A:-b c}"', { x: 'b c' }],
  ['ARG with a default', 'FROM a\nARG V=1\nLABEL x=$V', { x: '1' }],
  ['several ARGs on a line', 'FROM a\nARG V=1 W=2\nLABEL x=$V$W', { x: '12' }],
  ['an ARG of an ARG', 'FROM a\nARG V=1\nARG W=${V}.0\nLABEL x=$W', { x: '1.0' }],
  ['ENV wins over ARG', 'FROM a\nARG V=1\nENV V=2\nLABEL x=$V', { x: '2' }],
  ['ENV sees what was before it', 'FROM a\nENV A=1\nENV A=2 B=$A\nLABEL x=$B', { x: '1' }],
  ['a global ARG again', 'ARG V=1\nFROM a\nARG V\nLABEL x=$V', { x: '1' }],
  ['a global ARG with another default', 'ARG V=1\nFROM a\nARG V=2\nLABEL x=$V', { x: '2' }],
  ['only the last stage', 'FROM a\nLABEL x=1\nFROM b\nLABEL y=2', { y: '2' }],
  [
    'a stage of an earlier one',
    'FROM a AS one\nLABEL x=1\nENV V=3\nFROM b\nFROM One\nLABEL y=$V',
    { x: '1', y: '3' },
  ],
  ['an ARG of an earlier stage', 'FROM a AS one\nARG V=1\nFROM one\nLABEL x=$V', { x: '1' }],
  ['a trigger does not run in its own stage', 'FROM a\nONBUILD LABEL x=1', {}],
  [
    'a trigger runs in a stage of it',
    'FROM a AS b\nONBUILD LABEL x=1\nFROM b\nLABEL y=2',
    { x: '1', y: '2' },
  ],
  ['a trigger runs once', 'FROM a AS b\nONBUILD LABEL x=1\nFROM b AS c\nLABEL x=2\nFROM c', { x: '2' }],
  ['a here-document', 'FROM a\nRUN <<EOF\nLABEL x=1\nEOF\nLABEL y=2', { y: '2' }],
  ['a here-document with tabs', 'FROM a\nRUN cat <<-"END" > f\n\tLABEL x=1\n\tEND\nLABEL y=2', { y: '2' }],
  ['two here-documents', 'FROM a\nCOPY <<A <<B /etc/\nLABEL x=1\nA\nLABEL x=2\nB\nLABEL y=2', { y: '2' }],
  ['a shift is no here-document', 'FROM a\nRUN echo $((1<<2)) $((1 << 2)) "<<EOF"\nLABEL y=2', { y: '2' }],
]

describe('labels are those that the builder would give', () => {
  test.each(LABELS)('%s', (_, source, labels) => {
    expect(built(source).labels).toEqual(labels)
  })

  test('each has the line that it stands in', () => {
    const source = 'FROM a\n\nLABEL one=1 \\\n  # words\n  two=2 \\\n\n  three=3\nLABEL four=4'
    expect(built(source).lines).toEqual({ one: 3, two: 5, three: 7, four: 8 })
  })

  test('a build argument wins over a default, in a stage and before it', () => {
    const source = 'ARG V=1\nFROM a:$V\nARG V\nARG W=2\nLABEL x=$V y=$W'
    const { labels, stage } = built(source, { V: '8', W: '9' })
    expect(labels).toEqual({ x: '8', y: '9' })
    expect(stage?.base?.value).toBe('a:8')
  })

  test('another stage can be the target', () => {
    const source = 'FROM a AS one\nLABEL x=1\nFROM b AS two\nLABEL x=2'
    expect(built(source, {}, 'ONE').labels).toEqual({ x: '1' })
    expect(built(source, {}, 'three').told).toEqual(["1: it has no stage 'three'"])
  })
})

describe('what the builder would refuse, or leave empty, is told with its line', () => {
  test.each([
    ['LABEL x=1', '1: LABEL stands before the first FROM'],
    ['', '1: it has no FROM'],
    ['# only words', '1: it has no FROM'],
    ['FROM', '1: FROM names no image'],
    ['ARG V\nFROM $V', '2: FROM names no image'],
    ['FROM a with b', "1: 'with' after the image is not AS NAME"],
    ['FROM a\nLABLE x=1', "2: 'LABLE' is no instruction"],
    ['FROM a\nLABEL x=1\n  y=2', "3: 'Y=2' is no instruction"],
    ['FROM a\nLABEL x=1 \\\n y', "3: 'y' in LABEL is not NAME=VALUE"],
    ['FROM a\nLABEL x', "2: 'x' in LABEL is not NAME=VALUE"],
    ['FROM a\nLABEL x="1', '2: a double quote is never closed'],
    ["FROM a\nLABEL x='1", '2: a single quote is never closed'],
    ['FROM a\nLABEL x=${A', '2: what stands in its braces is only known to the builder'],
    ['FROM a\nLABEL x=${A:-b', '2: a variable in braces is never closed'],
    ['FROM a\nLABEL x=${A:?gone}', '2: ${A} is not set: gone'],
    ['FROM a\nENV A=1\nLABEL x=${A##*/}', '3: what stands in its braces is only known to the builder'],
    ['FROM a\nLABEL x=$A', '2: $A is set by nothing here'],
    ['FROM a\nARG A\nLABEL x=$A', '3: $A has no default'],
    ['ARG A=1\nFROM a\nLABEL x=$A', '3: $A is empty here: its ARG stands before FROM'],
    ['FROM a\nRUN <<EOF\nx', '2: the here-document EOF has no end'],
    ['# escape=x\nFROM a', "1: 'x' is no escape character"],
    ['FROM a\nCOPY policy.yml', '2: COPY does not name what to copy, and where to'],
    ['FROM a\nCOPY ["a"', '2: COPY does not name what to copy, and where to'],
  ])('%s', (source, told) => {
    expect(built(source).told).toContain(told)
  })

  test.each([
    'FROM a\nLABEL x=${A:-1} y=${B+2} z=$TARGETARCH',
    'FROM --platform=linux/amd64 a AS b\nRUN a && \\\n  b',
    'FROM a\nRUN <<EOF\n$A ${B##x} "\nEOF\nCMD ["x", "$Y"]',
    'FROM a\nCOPY --from=b --chown=1:1 /x /y\nADD https://example.org/x /x\nCOPY ["a b", "/c"]',
  ])('and of this nothing: %s', (source) => {
    expect(built(source).told).toEqual([])
  })
})
