import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

export interface Options {
  figures: readonly Figure[]
  quick: boolean
  /** Undefined: Debian's, for which Debian packages ipykernel. */
  python: string | undefined
}

/** Throws on an unknown flag, or a name that is no figure's. */
export function parseOptions(args: string[], all: readonly Figure[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      python: { type: 'string' },
    },
  })
  const unknown = values.only?.find((name) => !all.some((figure) => figure.name === name))
  if (unknown !== undefined) {
    const names = all.map((figure) => figure.name).join(', ')
    throw new Error(`--only '${unknown}': there are the figures ${names}`)
  }
  return {
    figures: all.filter(({ name }) => values.only?.includes(name) ?? true),
    quick: values.quick,
    python: values.python,
  }
}
