/** HTML as a terminal can show it: text, with tables in columns. */
import { textWidth } from '../editor/width.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Lines without markup, scripts and styles; never ends with a newline. */
export function htmlText(html: string): string {
  const visible = html.replace(/<!--[\s\S]*?-->|<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, '')
  const withTables = visible.replace(/<table\b[\s\S]*?<\/table\s*>/gi, (table) => `\n${tableText(table)}\n`)
  return inlineText(withTables)
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '')
}

/** The ends of blocks are the ends of lines. */
function inlineText(html: string): string {
  const marked = html
    .replace(/<br\s*\/?>|<\/(?:p|div|tr|li|ul|ol|pre|h[1-6])\s*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
  return decodeEntities(marked)
}

function tableText(table: string): string {
  const rows = matches(table, /<tr\b[^>]*>([\s\S]*?)(?=<\/tr|<tr\b|<\/table)/gi).map((row) =>
    matches(row, /<t[dh]\b[^>]*>([\s\S]*?)(?=<\/t[dh]|<t[dh]\b|$)/gi).map(cellText),
  )
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const widths = Array.from({ length: count }, (_, column) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), 0),
  )
  const line = (row: string[]) => row.map((cell, column) => padStart(cell, widths[column] ?? 0)).join('  ')
  // Once more an entity: what is decoded here is decoded with the rest of the document again.
  return rows.map((row) => encodeEntities(line(row).trimEnd())).join('\n')
}

function cellText(html: string): string {
  return inlineText(html).replace(/\s+/g, ' ').trim()
}

function padStart(cell: string, width: number): string {
  return ' '.repeat(width - textWidth(cell)) + cell
}

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, group = '']) => group)
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (entity, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? entity
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}

function encodeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
