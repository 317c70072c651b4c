import { describe, expect, test } from 'vitest'
import { TextBuffer } from '../../src/cli/editor/buffer.ts'
import { choicesText, completionOf } from '../../src/cli/editor/completion.ts'
import { layOut, viewport } from '../../src/cli/editor/layout.ts'
import { textWidth } from '../../src/cli/editor/width.ts'

describe('text that is edited', () => {
  function bufferWith(text: string, cursor = text.length): TextBuffer {
    const buffer = new TextBuffer()
    buffer.set(text, cursor)
    return buffer
  }

  test('the cursor moves over what the reader takes for one character', () => {
    const buffer = bufferWith('e\u0301👩‍👩‍👧')
    buffer.left()
    expect(buffer.cursor).toBe(2)
    buffer.left()
    expect(buffer.cursor).toBe(0)
    buffer.left()
    expect(buffer.cursor).toBe(0)
    buffer.right()
    buffer.deleteForward()
    expect(buffer.text).toBe('e\u0301')
  })

  test('the cursor moves over newlines, and an empty first line', () => {
    const buffer = bufferWith('\nab', 1)
    expect(buffer.up()).toBe(true)
    expect(buffer.cursor).toBe(0)
    expect(buffer.lineStart).toBe(0)
    expect(buffer.up()).toBe(false)
    buffer.deleteForward()
    expect(buffer.text).toBe('ab')
    buffer.backspace()
    expect(buffer.text).toBe('ab')
  })

  test('up and down keep the column, also past wide characters', () => {
    const buffer = bufferWith('abcd\n日本\nx')
    buffer.moveTo(3)
    buffer.down()
    expect(buffer.cursor).toBe(6)
    buffer.down()
    expect(buffer.cursor).toBe(9)
    expect(buffer.down()).toBe(false)
  })

  test('what was killed comes back', () => {
    const buffer = bufferWith('one two three', 7)
    buffer.killWordLeft()
    expect(buffer.text).toBe('one  three')
    buffer.killToLineEnd()
    buffer.killToLineStart()
    buffer.yank()
    expect(buffer.text).toBe('one ')
  })

  test('an indent less leaves the cursor at its character', () => {
    const buffer = bufferWith('if x:\n      y', 13)
    buffer.dedent()
    expect([buffer.text, buffer.cursor]).toEqual(['if x:\n  y', 9])
  })
})

describe('the layout on a screen', () => {
  const written = { prompt: '> ', continuation: '. ' }

  test('every line has its prompt, and the cursor its place', () => {
    const layout = layOut({ ...written, text: 'ab\ncd', cursor: 4 }, 80)
    expect(layout).toEqual({ rows: ['> ab', '. cd'], cursorRow: 1, cursorColumn: 3 })
  })

  test('lines break at the edge, and no wide character is cut', () => {
    expect(layOut({ ...written, text: 'ab日本', cursor: 3 }, 5)).toEqual({
      rows: ['> ab', '日本'],
      cursorRow: 1,
      cursorColumn: 2,
    })
  })

  test('a cursor behind a full row stands at the start of the next', () => {
    expect(layOut({ ...written, text: 'abc', cursor: 3 }, 5)).toEqual({
      rows: ['> abc', ''],
      cursorRow: 1,
      cursorColumn: 0,
    })
  })

  test('colours and control characters do not shift the cursor', () => {
    const layout = layOut({ ...written, prompt: '\x1b[1m> \x1b[0m', text: '\x1b\tx', cursor: 2 }, 80)
    expect(layout).toEqual({ rows: ['\x1b[1m> \x1b[0m·    x'], cursorRow: 0, cursorColumn: 7 })
  })

  test('of what is higher than the screen the rows around the cursor are shown', () => {
    const layout = layOut({ ...written, text: '1\n2\n3\n4', cursor: 2 }, 80)
    expect(viewport(layout, 2)).toEqual({ rows: ['> 1', '. 2'], cursorRow: 1, cursorColumn: 2 })
  })

  test('East Asian characters and emoji take two columns, combining marks none', () => {
    expect([textWidth('日本'), textWidth('👍❤️'), textWidth('e\u0301'), textWidth('ﾊ')]).toEqual([4, 4, 1, 1])
  })
})

describe('completion', () => {
  test('one suggestion replaces the part of it that is typed', () => {
    expect(completionOf('x = os.path.jo', ['os.path.join'])).toEqual({
      remove: 10,
      insert: 'os.path.join',
      choices: [],
    })
  })

  test('several add what they share, and are offered', () => {
    expect(completionOf('pr', ['print', 'property'])).toEqual({
      remove: 2,
      insert: 'pr',
      choices: ['print', 'property'],
    })
    expect(completionOf('st', ['startsWith', 'startsLike'])?.insert).toBe('starts')
  })

  test('after a bracket the suggestion is inserted, after another word it is only shown', () => {
    expect(completionOf('f(', ['value'])).toEqual({ remove: 0, insert: 'value', choices: [] })
    expect(completionOf('foo', ['value'])).toEqual({ remove: 0, insert: '', choices: ['value'] })
    expect(completionOf('foo', [])).toBeUndefined()
  })

  test('choices stand in columns, without what all share before the last dot', () => {
    expect(choicesText(['os.path', 'os.pipe', 'os.popen'], 16)).toBe('path   popen\npipe')
  })

  test('of very many choices the rest is counted', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `name${index}`)
    expect(choicesText(many, 80)).toMatch(/\.\.\. and 800 more$/)
  })
})
