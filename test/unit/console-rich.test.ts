import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { htmlText } from '../../src/cli/rich/html.ts'
import { imageProtocol, inlineImage } from '../../src/cli/rich/images.ts'
import { RichOutput } from '../../src/cli/rich/output.ts'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const png = {
  type: 'media',
  mime: 'image/png',
  data: `data:image/png;base64,${PNG.toString('base64')}`,
} as const

/** The file that the text names, gone after the test. */
function savedFile(text: string): Buffer {
  const path = /: (\/.*)\]\n$/.exec(text)?.[1] ?? ''
  onTestFinished(() => rmSync(dirname(path), { recursive: true }))
  return readFileSync(path)
}

test('a table is shown in columns', () => {
  const html =
    '<style>td { color: red }</style><table><thead><tr><th></th><th>name</th></tr></thead>' +
    '<tbody><tr><th>0</th><td>a &amp; b</td></tr><tr><th>10</th><td>&lt;日&gt;</td></tr></tbody></table><p>2 rows</p>'
  expect(htmlText(html)).toBe('     name\n 0  a & b\n10   <日>\n2 rows')
})

test('markup goes, entities become what they stand for, once', () => {
  expect(htmlText('<p>one<br>two</p><script>alert(1)</script>&amp;lt; &#65;&#x42; &#1114112; &none;')).toBe(
    'one\ntwo\n&lt; AB &#1114112; &none;',
  )
})

test.each([
  ['kitty', { TERM: 'xterm-kitty' }],
  ['kitty', { TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }],
  ['kitty', { TERM: 'xterm-ghostty' }],
  ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }],
  ['iterm', { TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }],
  ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }],
  [undefined, { TERM: 'xterm-256color' }],
  [undefined, { TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0', KITTY_WINDOW_ID: '1' }],
])('the image protocol is %s with %o', (protocol, env) => {
  expect(imageProtocol(env)).toBe(protocol)
})

test('kitty takes a PNG in pieces of 4096 characters, and iTerm as one', () => {
  const image = Buffer.alloc(6000, 1)
  const pieces = inlineImage('kitty', 'image/png', image)?.split('\x1b_G').slice(1) ?? []
  expect(pieces.map((piece) => piece.split(';')[0])).toEqual(['a=T,f=100,q=2,m=1', 'm=0'])
  const payload = pieces.map((piece) => piece.slice(piece.indexOf(';') + 1).replace('\x1b\\', '')).join('')
  expect(Buffer.from(payload, 'base64')).toEqual(image)
  expect(inlineImage('iterm', 'image/jpeg', image)).toBe(
    `\x1b]1337;File=inline=1;size=6000;preserveAspectRatio=1:${image.toString('base64')}\x07\n`,
  )
})

test('an image that the terminal can not show is saved, and its path told', () => {
  expect(savedFile(new RichOutput(undefined).show(png))).toEqual(PNG)
  const jpeg = { ...png, mime: 'image/jpeg' }
  expect(savedFile(new RichOutput('kitty').show(jpeg))).toEqual(PNG)
})

test('an SVG is saved as text, Markdown is printed', () => {
  const svg = { type: 'media', mime: 'image/svg+xml', data: '<svg/>' } as const
  expect(savedFile(new RichOutput('kitty').show(svg)).toString()).toBe('<svg/>')
  const markdown = { type: 'media', mime: 'text/markdown', data: '# one' } as const
  expect(new RichOutput(undefined).show(markdown)).toBe('# one\n')
})

test('HTML is shown as text, and saved as it is', () => {
  const shown = new RichOutput(undefined).show({ type: 'html', html: '<b>bold</b>' })
  expect(shown).toMatch(/^bold\n\[text\/html: /)
  expect(savedFile(shown).toString()).toBe('<b>bold</b>')
})
