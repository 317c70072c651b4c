/** Brings the generated files to what the manifest and the templates say. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Files } from './render.ts'

export interface Generated {
  /** Paths below the folder. */
  readonly written: readonly string[]
  readonly unchanged: readonly string[]
  /** There with other content, and left alone. */
  readonly kept: readonly string[]
  /** Of no image any more. */
  readonly removed: readonly string[]
}

export interface GenerateOptions {
  /** Whether files that are there with other content are written over. */
  readonly overwrite: boolean
  /** Whether a file that is there and is not generated would be one of an image that there is no more. */
  isOurs(path: string): boolean
}

export function writeGenerated(
  folder: string,
  files: Files,
  { overwrite, isOurs }: GenerateOptions,
): Generated {
  const written: string[] = []
  const unchanged: string[] = []
  const kept: string[] = []
  for (const [path, content] of files) {
    const before = contentOf(join(folder, path))
    if (before === content) unchanged.push(path)
    else if (before !== undefined && !overwrite) kept.push(path)
    else {
      write(join(folder, path), content)
      written.push(path)
    }
  }
  const stale = filesBelow(folder).filter((path) => !files.has(path) && isOurs(path))
  if (overwrite) for (const path of stale) rmSync(join(folder, path))
  return { written, unchanged, kept: overwrite ? kept : [...kept, ...stale], removed: overwrite ? stale : [] }
}

function contentOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}
