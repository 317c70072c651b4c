/** `npm run labels`: writes the tables of docs/labels.md as the catalogue of labels has them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LABELS } from '../src/image/catalogue.ts'
import { FEATURES, meaningOf } from '../src/image/features.ts'
import { resourceLabel } from '../src/image/labels.ts'
import { SLOTS } from '../src/image/resources.ts'

const FILE = join(import.meta.dirname, '..', 'docs', 'labels.md')

type Row = readonly string[]

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  labels: [
    ['label', 'form', 'meaning', 'default', 'example'],
    ...Object.values(LABELS).map(({ name, form, meaning, default: otherwise, example }) => [
      code(name),
      form.words,
      meaning,
      otherwise,
      code(example),
    ]),
  ],
  features: [['word', 'promise'], ...FEATURES.map((feature) => [code(feature), meaningOf(feature)])],
  slots: [
    ['slot', 'form', 'meaning', 'example'],
    ...SLOTS.map(({ name, form, meaning, example, bound }) => [
      code(name),
      form.words,
      meaning,
      code(`${resourceLabel(bound, name)}=${example}`),
    ]),
  ],
}

/** The document as it should be. Throws where it has no place for a table. */
export function withTables(document: string): string {
  let whole = document
  for (const [name, rows] of Object.entries(TABLES)) {
    const place = new RegExp(`(?<=<!-- ${name}: npm run labels -->\\n\\n)[\\s\\S]*?(?=\\n\\n<!-- end -->)`)
    if (!place.test(whole)) throw new Error(`docs/labels.md has no place for the table of ${name}`)
    whole = whole.replace(place, () => draw(rows))
  }
  return whole
}

function draw(rows: readonly Row[]): string {
  const [head = [], ...rest] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const all = [head, head.map(() => ''), ...rest]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row, index) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0, index === 1 ? '-' : ' ')))
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

if (import.meta.main) writeFileSync(FILE, withTables(readFileSync(FILE, 'utf8')))
