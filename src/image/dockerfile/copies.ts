/** What COPY and ADD bring in from the build's context. */
import type { Place } from '../described.ts'
import type { Instruction } from './instructions.ts'
import { absoluteIn, type Copy } from './stage.ts'
import type { Word } from './words.ts'

export interface CopySurroundings {
  /** The words of the instruction, with their variables filled in. */
  words(): Word[]
  readonly workdir: string
  readonly place: Place
  at(line: number): Place
}

interface CopyRead {
  readonly value: readonly Copy[]
  readonly complaint?: { readonly what: string; readonly mend: string }
}

export function readCopy(instruction: Instruction, around: CopySurroundings): CopyRead {
  const words = around.words().map(({ text }) => text)
  const flags = words.slice(
    0,
    words.findIndex((word) => !word.startsWith('--')),
  )
  // What another stage or image has is not seen from here.
  if (flags.some((flag) => flag.startsWith('--from='))) return { value: [] }
  const paths = instruction.rest.startsWith('[') ? jsonPaths(instruction.rest) : words.slice(flags.length)
  const written = paths?.at(-1)
  if (paths === undefined || written === undefined || paths.length < 2)
    return {
      value: [],
      complaint: {
        what: `${instruction.keyword} does not name what to copy, and where to`,
        mend: `write ${instruction.keyword} SOURCE TARGET`,
      },
    }
  const target = absoluteIn(around.workdir, written)
  const sources = paths.slice(0, -1)
  const named = sources.filter((source) => !source.startsWith('<<'))
  const files = named.length > 0 ? [{ sources: named, target, place: around.place }] : []
  return { value: [...files, ...bodies(instruction, target, around)] }
}

/** A here-document is a file of its own name, unless the target is one. */
function bodies({ heredocs }: Instruction, target: string, { place, at }: CopySurroundings): Copy[] {
  return heredocs.map(({ name, body, line }) => ({
    sources: [name],
    target,
    place,
    body: { text: body, at: at(line) },
  }))
}

function jsonPaths(text: string): string[] | undefined {
  try {
    const paths: unknown = JSON.parse(text)
    if (Array.isArray(paths) && paths.every((path) => typeof path === 'string')) return paths
  } catch {
    // It is told as what it is: no SOURCE and TARGET.
  }
  return undefined
}
