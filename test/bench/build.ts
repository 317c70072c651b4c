import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TREE } from '../harness/agent-container.ts'

export const ROOT = join(import.meta.dirname, '../..')

const SOURCES = ['src', 'runtimes', 'native', 'scripts/build.ts', 'scripts/native.ts', 'package.json']

/** What is measured is the built runner: builds it where a source is newer. */
export function buildIfStale(): void {
  const built = join(ROOT, 'dist/entry.js')
  const newest = Math.max(...SOURCES.map((source) => changedAt(join(ROOT, source))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' })
}

/** The tree that containers mount; a build leaves none. */
export function bundleIfMissing(): void {
  if (existsSync(TREE)) return
  const bundle = [join(ROOT, 'scripts/bundle.ts'), '--built', '--folder']
  execFileSync(process.execPath, bundle, { stdio: 'inherit' })
}

/** Of a file, or of the newest file in a folder; milliseconds. */
function changedAt(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'),
  )
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}
