/** What all instructions of a Dockerfile are read with. */
import type { Finding, Place, Said, Severity } from '../described.ts'
import { expand, type Lookup } from './expansion.ts'
import type { Instruction } from './instructions.ts'
import { splitWords, type Word } from './words.ts'

export interface BuildOptions {
  readonly file: string
  /** What `--build-arg` sets. */
  readonly args: ReadonlyMap<string, string>
  /** The stage to build; undefined: the last. */
  readonly target: string | undefined
}

export class BuildContext {
  readonly findings: Finding[] = []
  /** Of ARG before the first FROM. */
  readonly globals = new Map<string, string | undefined>()
  readonly escapeMark: string
  readonly options: BuildOptions

  constructor(escapeMark: string, options: BuildOptions) {
    this.escapeMark = escapeMark
    this.options = options
  }

  tell(line: number, severity: Severity, what: string, mend: string): void {
    this.findings.push({ place: this.at(line), severity, rule: 'dockerfile', what, mend })
  }

  at(line: number): Place {
    return { file: this.options.file, line }
  }

  /** A part of an instruction's text as the builder has it. */
  say(text: string, { lineAt }: Instruction, offset: number, lookup: Lookup): Said {
    const line = lineAt(offset)
    const { value, isKnown, complaints } = expand(text, this.escapeMark, lookup)
    for (const { what, mend } of complaints) this.tell(line, isKnown ? 'error' : 'warning', what, mend)
    return { value, isKnown, place: this.at(line) }
  }

  words(instruction: Instruction, lookup: Lookup): Word[] {
    return splitWords(instruction.rest, this.escapeMark).map(({ text, offset }) => ({
      text: this.say(text, instruction, offset, lookup).value,
      offset,
    }))
  }

  /** What ARG declares: what was given wins over its default. */
  declared(instruction: Instruction, lookup: Lookup): { name: string; value: string | undefined }[] {
    return splitWords(instruction.rest, this.escapeMark).map(({ text, offset }) => {
      const end = text.indexOf('=')
      const name = end < 0 ? text : text.slice(0, end)
      const given = this.options.args.get(name)
      if (given !== undefined || end < 0) return { name, value: given }
      return { name, value: this.say(text.slice(end + 1), instruction, offset, lookup).value }
    })
  }
}
