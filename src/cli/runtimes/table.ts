/** The survey as people read it: one line each where the screen is wide enough, else a few. */
import { styleText } from 'node:util'
import { OFFERS } from '../../runtime/offers.ts'
import { textWidth } from '../editor/width.ts'
import type { Surveyed } from './survey.ts'

type Style = 'bold' | 'dim' | 'none'

interface Line {
  readonly style: Style
  readonly text: string
}

const HEAD = ['TYPE', 'ALIASES', 'EXECUTABLE', 'VERSION', ...OFFERS.map((offer) => offer.toUpperCase())]
const NONE = '-'
const GAP = '  '

/** A pipe has no width, and gets one line each. */
export function drawRuntimes(runtimes: readonly Surveyed[], screen: { readonly columns?: number }): string {
  const table = asTable(runtimes)
  const width = screen.columns || Number.POSITIVE_INFINITY
  const fits = table.every(({ text }) => textWidth(text) <= width)
  return (fits ? table : asList(runtimes, width)).map(styled).join('\n')
}

function styled({ style, text }: Line): string {
  return style === 'none' ? text : styleText(style, text, { stream: process.stdout })
}

function asTable(runtimes: readonly Surveyed[]): Line[] {
  const rows = [HEAD, ...runtimes.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ''))))
  const lines = rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join(GAP))
  const styles: Style[] = ['bold', ...runtimes.map(styleOf)]
  return lines.map((text, row) => ({ text: text.trimEnd(), style: styles[row] ?? 'none' }))
}

function cellsOf(runtime: Surveyed): string[] {
  const { type, aliases, version, offers } = runtime
  return [
    type,
    aliases.join(', ') || NONE,
    placeOf(runtime),
    version ?? NONE,
    ...OFFERS.map((offer) => (offers[offer] ? 'yes' : NONE)),
  ]
}

function asList(runtimes: readonly Surveyed[], width: number): Line[] {
  return runtimes.flatMap((runtime) => {
    const { type, aliases, version, offers } = runtime
    const names = [type, ...aliases].join(', ')
    const offered = OFFERS.filter((offer) => offers[offer]).join(', ')
    const details = [[placeOf(runtime), version].filter((part) => part && part !== NONE).join(' '), offered]
    const style = styleOf(runtime)
    return [
      { text: names, style: style === 'none' ? 'bold' : style },
      ...details
        .filter((detail) => detail !== '')
        .flatMap((detail) => wrap(detail, width - GAP.length))
        .map((text) => ({ text: GAP + text, style })),
    ]
  })
}

function placeOf({ executable, missing }: Surveyed): string {
  if (missing) return 'not installed'
  return executable ?? NONE
}

function styleOf({ missing }: Surveyed): Style {
  return missing ? 'dim' : 'none'
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(width - textWidth(text))
}

/** Breaks between words; a word that is longer than the line stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
