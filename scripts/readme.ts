/** `npm run readme`: writes the README's table of runtimes as the seam has it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OFFERS, offersOf } from '../src/runtime/offers.ts'
import { allRuntimes } from '../src/runtime/registry.ts'
import type { Runtime } from '../src/runtime/runtime.ts'

const README = join(import.meta.dirname, '..', 'README.md')
const TABLE = /(?<=<!-- npm run readme -->\n\n)[\s\S]*?(?=\n\n<!-- end -->)/

/** The README as it should be. Throws where it has no place for the table. */
export function withTable(readme: string, runtimes: readonly Runtime[]): string {
  if (!TABLE.test(readme)) throw new Error('README.md has no place for the table of runtimes')
  return readme.replace(TABLE, () => tableOf(runtimes))
}

function tableOf(runtimes: readonly Runtime[]): string {
  const head = ['runtime type', 'works with', ...OFFERS]
  const rows = [head, head.map(() => ''), ...runtimes.map(rowOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row, index) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0, index === 1 ? '-' : ' ')))
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

function rowOf(runtime: Runtime): string[] {
  const offers = offersOf(runtime)
  const names = [runtime.name, ...(runtime.aliases ?? [])].map((name) => `\`${name}\``)
  return [names.join(', '), runtime.versions, ...OFFERS.map((offer) => (offers[offer] ? 'yes' : ''))]
}

if (import.meta.main) {
  const runtimes = (await allRuntimes()).map(({ runtime }) => runtime)
  writeFileSync(README, withTable(readFileSync(README, 'utf8'), runtimes))
}
