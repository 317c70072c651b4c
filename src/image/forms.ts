/** The forms that a label's value can have: each reads a text, and writes it back. */

/** What is wrong with a value, and the mend; both are sentences without a full stop. */
export interface Complaint {
  readonly what: string
  readonly mend: string
  /** Missing: an error. */
  readonly isWarning?: boolean
}

/** `value` is missing where nothing of the text can be used. */
export interface Read<T> {
  readonly value?: T
  readonly complaints: readonly Complaint[]
}

export interface Form<T> {
  /** The form in words, for the documentation. */
  readonly words: string
  read(text: string): Read<T>
  write(value: T): string
}

export function good<T>(value: T): Read<T> {
  return { value, complaints: [] }
}

export function bad(what: string, mend: string): Read<never> {
  return { complaints: [{ what, mend }] }
}

export const text: Form<string> = {
  words: 'text',
  read: (found) =>
    found.trim() === '' ? bad('it is empty', 'give it a value, or leave the label out') : good(found),
  write: (value) => value,
}

export const path: Form<string> = {
  words: 'an absolute path',
  read: (found) =>
    found.startsWith('/')
      ? good(found)
      : bad(`${quote(found)} is no absolute path`, 'write the whole path, such as /usr/bin/python3'),
  write: (value) => value,
}

export function wholeNumber(least: number, most: number): Form<number> {
  const words = least === most ? `\`${least}\`` : `a whole number from ${least} to ${most}`
  return {
    words,
    read(found) {
      const number = /^\d{1,9}$/.test(found.trim()) ? Number(found) : Number.NaN
      if (number >= least && number <= most) return good(number)
      return bad(`${quote(found)} is not ${words.replaceAll('`', '')}`, `write ${least}`)
    },
    write: String,
  }
}

export function oneOf<T extends string>(...choices: readonly [T, ...T[]]): Form<T> {
  return {
    words: choices.map((choice) => `\`${choice}\``).join(', '),
    read(found) {
      const choice = choices.find((one) => one === found)
      if (choice) return good(choice)
      const meant = choices.find((one) => one.toLowerCase() === found.trim().toLowerCase())
      const mend = meant ? `write ${meant}` : `write one of ${choices.join(', ')}`
      return bad(`${quote(found)} is none of ${choices.join(', ')}`, mend)
    },
    write: (value) => value,
  }
}

/** Separated by commas, without blanks; empty is an empty list. */
export function commaList(of: string, item: RegExp, example: string): Form<readonly string[]> {
  return {
    words: `${of}, separated by commas`,
    read(found) {
      const parts = found.trim() === '' ? [] : found.split(',').map((part) => part.trim())
      const odd = parts.filter((part) => !item.test(part))
      if (odd.length === 0) return good(parts)
      const named = odd.slice(0, 3).map(quote).join(', ')
      return {
        value: parts.filter((part) => item.test(part)),
        ...bad(`it has ${named} among ${of}`, `write it like ${example}`),
      }
    },
    write: (value) => value.join(','),
  }
}

/** Separated by blanks. */
export const words: Form<readonly string[]> = {
  words: 'words, separated by blanks',
  read(found) {
    const parts = found.split(/\s+/).filter((part) => part !== '')
    const joined = parts.find((part) => part.includes(','))
    if (joined === undefined) return good(parts)
    return {
      value: parts.flatMap((part) => part.split(',')).filter((part) => part !== ''),
      ...bad(
        `${quote(joined)} is separated by commas`,
        `separate by blanks: ${joined.split(',').filter(Boolean).join(' ')}`,
      ),
    }
  },
  write: (value) => value.join(' '),
}

const LONGEST = 60

/** A found text in a message: on one line, without control characters, and not endless. */
export function quote(found: string): string {
  const line = JSON.stringify(found.length > LONGEST ? `${found.slice(0, LONGEST)}...` : found)
  return `'${line.slice(1, -1).replaceAll('\\"', '"')}'`
}
