/** Jinja templates, in which a name that is not known is an error with its place. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import nunjucks from 'nunjucks'
import { KrunnerError, messageOf } from '../../errors.ts'
import { unknownNames } from './template-names.ts'

export class Templates {
  readonly #environment: nunjucks.Environment
  readonly #checked = new Set<string>()
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    // The output is no HTML. Without the blanks of lines that only have a tag.
    const options = { autoescape: false, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true }
    this.#environment = new nunjucks.Environment(
      { getSource: (name) => this.#source(name) } as nunjucks.ILoader,
      options,
    )
    this.#environment.addFilter('shell', quoted)
    this.#environment.addFilter('label', (text: string) => JSON.stringify(text))
  }

  /** Throws BAD_IMAGE_TEMPLATE, which names the file and the line. */
  render(name: string, values: Readonly<Record<string, unknown>>): string {
    this.#check(name, Object.keys(values))
    try {
      return this.#environment.render(name, values)
    } catch (error) {
      throw KrunnerError.because(error, 'BAD_IMAGE_TEMPLATE', this.#placeOf(error, name))
    }
  }

  #check(name: string, known: string[]): void {
    const key = `${name} ${known.join()}`
    if (this.#checked.has(key)) return
    this.#checked.add(key)
    const problems = unknownNames(name, (file) => this.#read(file), known)
    if (problems.length > 0)
      throw KrunnerError.of(
        'BAD_IMAGE_TEMPLATE',
        problems.map((each) => `${this.#folder}/${each}`).join('\n'),
      )
  }

  #source(name: string): { src: string; path: string; noCache: boolean } {
    return { src: this.#read(name), path: name, noCache: false }
  }

  #read(name: string): string {
    const path = join(this.#folder, name)
    if (!existsSync(path)) throw KrunnerError.of('BAD_IMAGE_TEMPLATE', `${path}: there is no such template`)
    return readFileSync(path, 'utf8')
  }

  /** nunjucks says `(outer) (inner) [Line 3, Column 5] what`: the last file is where it happened. */
  #placeOf(error: unknown, name: string): string {
    const text = messageOf(error).replaceAll(/\s*\n\s*/g, ' ')
    const files = [...text.matchAll(/\(([^()\s]+\.j2)\)/g)].map(([, file]) => file ?? name)
    const [, line, column] = /\[Line (\d+), Column (\d+)\]/.exec(text) ?? []
    const what = text.replace(/^.*(\]|\.j2\))\s*/, '').replace(/^Error: /, '')
    const file = files.at(-1) ?? name
    const source = this.#read(file).split('\n')[Number(line) - 1]?.trim()
    const where = [`${this.#folder}/${file}`, line, column].filter(Boolean).join(':')
    return `${where}: ${what}${source ? `, in \`${source}\`` : ''}`
  }
}

/** A word of a shell. Variables stay what they are, patterns are not the shell's. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return word.includes('$') ? `"${word}"` : `'${word}'`
}
