import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

/** Bytes of `1G`, `512m`, `64MiB` or a bare number: binary units, as in the image labels. */
export function parseSize(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? []
  const factor = UNITS[unit?.toLowerCase() ?? '']
  if (digits === undefined || factor === undefined)
    throw new InvalidArgumentError(`'${text}' is no size; write it like 512M or 1G.`)
  return Math.floor(Number(digits) * factor)
}
