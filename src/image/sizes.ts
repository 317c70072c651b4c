/** Sizes as agents write them: `256m` is 256 MiB. */
import { bad, type Form, good, quote } from './forms.ts'

const UNITS = ['', 'k', 'm', 'g', 't', 'p'] as const
const SIZE = /^(\d{1,15}(?:\.\d{1,9})?)\s*([kmgtp]?)(?:i?b(?:ytes?)?)?$/i

/** Whole bytes, or undefined where it is no size: `1.5g`, `64MiB`, `4096`. All units are binary. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit = ''] = SIZE.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const bytes = Math.floor(
    Number(digits) * 1024 ** UNITS.indexOf(unit.toLowerCase() as (typeof UNITS)[number]),
  )
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** In the largest unit that needs no fraction: `256m`, `1g`, `1000`. */
export function formatSize(bytes: number): string {
  const steps = bytes === 0 ? 0 : UNITS.findLastIndex((_, power) => bytes % 1024 ** power === 0)
  return `${bytes / 1024 ** steps}${UNITS[steps] ?? ''}`
}

export const size: Form<number> = {
  words: 'a size with a binary unit `k`, `m`, `g`, `t`, or in bytes',
  read(text) {
    const bytes = parseSize(text)
    return bytes === undefined
      ? bad(`${quote(text)} is no size`, 'write a number and a binary unit, such as 256m or 1g')
      : good(bytes)
  },
  write: formatSize,
}
