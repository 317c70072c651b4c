/** A word of an instruction as the builder has it: variables filled in, quotes and escapes gone. */

export interface Expansion {
  readonly value: string
  /** False where only the builder can tell the value. */
  readonly isKnown: boolean
  readonly complaints: readonly { readonly what: string; readonly mend: string }[]
}

/** Undefined: no such variable. `hasDefault`: the word says what holds without it. */
export type Lookup = (name: string, hasDefault?: boolean) => string | undefined

/** The system takes no longer variable, and doubling one again and again would fill the memory. */
const LONGEST = 128 * 1024
/** `${a:-${b:-...}}`. */
const DEEPEST = 32

const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/y

export function expand(word: string, escapeMark: string, lookup: Lookup): Expansion {
  const expander = new Expander(word, escapeMark, lookup)
  const value = expander.run()
  return { value, isKnown: expander.isKnown, complaints: expander.complaints }
}

class Expander {
  readonly complaints: { what: string; mend: string }[] = []
  isKnown = true
  private readonly word: string
  private readonly escapeMark: string
  private readonly lookup: Lookup
  private at = 0

  constructor(word: string, escapeMark: string, lookup: Lookup) {
    this.word = word
    this.escapeMark = escapeMark
    this.lookup = lookup
  }

  run(): string {
    const value = this.until(undefined, 0)
    if (value.length <= LONGEST) return value
    this.complain(`it is longer than ${LONGEST / 1024} KiB when its variables are filled in`, 'shorten it')
    return value.slice(0, LONGEST)
  }

  /** Up to a closing mark, which is taken too, or the end. */
  private until(close: string | undefined, depth: number): string {
    const parts = new Parts()
    while (this.at < this.word.length) {
      const mark = this.word[this.at++] ?? ''
      if (mark === close) return parts.text
      parts.add(this.part(mark, depth))
    }
    if (close !== undefined) this.complain('a variable in braces is never closed', 'close it with }')
    return parts.text
  }

  private part(mark: string, depth: number): string {
    if (mark === "'") return this.singleQuoted()
    if (mark === '"') return this.doubleQuoted(depth)
    if (mark === '$') return this.variable(depth)
    if (mark === this.escapeMark) return this.word[this.at++] ?? ''
    return mark
  }

  private singleQuoted(): string {
    const end = this.word.indexOf("'", this.at)
    if (end < 0) this.complain('a single quote is never closed', 'close it')
    const text = this.word.slice(this.at, end < 0 ? undefined : end)
    this.at = end < 0 ? this.word.length : end + 1
    return text
  }

  private doubleQuoted(depth: number): string {
    const parts = new Parts()
    while (this.at < this.word.length) {
      const mark = this.word[this.at++] ?? ''
      if (mark === '"') return parts.text
      if (mark === '$') parts.add(this.variable(depth))
      else if (mark === this.escapeMark) parts.add(this.escapedInQuotes())
      else parts.add(mark)
    }
    this.complain('a double quote is never closed', 'close it')
    return parts.text
  }

  /** Before anything else the escape character stands for itself. */
  private escapedInQuotes(): string {
    const mark = this.word[this.at] ?? ''
    if (mark !== '"' && mark !== '$' && mark !== this.escapeMark) return this.escapeMark
    this.at++
    return mark
  }

  private variable(depth: number): string {
    if (this.word[this.at] !== '{') {
      const name = this.name()
      return name === '' ? '$' : (this.lookup(name) ?? '')
    }
    this.at++
    const name = this.name()
    const modifier = this.modifier()
    if (name === '' || modifier === undefined || depth >= DEEPEST) return this.badVariable()
    if (modifier === '}') return this.lookup(name) ?? ''
    const other = this.until('}', depth + 1)
    return this.modified(name, modifier, other)
  }

  private name(): string {
    NAME.lastIndex = this.at
    const [name = ''] = NAME.exec(this.word) ?? []
    this.at += name.length
    return name
  }

  private modifier(): string | undefined {
    const [modifier] = /^(?:\}|:?[-+?])/.exec(this.word.slice(this.at, this.at + 2)) ?? []
    this.at += modifier?.length ?? 0
    return modifier
  }

  private modified(name: string, modifier: string, other: string): string {
    const value = this.lookup(name, true)
    const isSet = value !== undefined && !(modifier.startsWith(':') && value === '')
    if (modifier.endsWith('-')) return isSet ? value : other
    if (modifier.endsWith('+')) return isSet ? other : ''
    if (!isSet)
      this.complain(
        `\${${name}} is not set: ${other || 'it must be'}`,
        `set it by ARG ${name} or ENV ${name}`,
      )
    return value ?? ''
  }

  /** What follows is taken as it is: the value cannot be told. */
  private badVariable(): string {
    this.complain(
      'what stands in its braces is only known to the builder',
      'use $NAME, or {NAME:-DEFAULT} or {NAME:+OTHER} with a $ before it',
    )
    this.isKnown = false
    const rest = this.word.slice(this.at)
    this.at = this.word.length
    return rest
  }

  private complain(what: string, mend: string): void {
    if (this.complaints.length < 3) this.complaints.push({ what, mend })
  }
}

/** Holds little more than is allowed, whatever is added. */
class Parts {
  private readonly parts: string[] = []
  private length = 0

  add(part: string): void {
    if (this.length > LONGEST) return
    this.parts.push(part)
    this.length += part.length
  }

  get text(): string {
    return this.parts.join('')
  }
}
