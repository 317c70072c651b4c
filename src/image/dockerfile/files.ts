/** Which files of the context come into the image's folder for agents, `/etc/backend.ai`. */
import { lstatSync, realpathSync } from 'node:fs'
import { basename, join, posix, relative } from 'node:path'
import type { CopiedFile, Finding } from '../described.ts'
import { namesIn, statOf } from '../files.ts'
import { quote } from '../forms.ts'
import type { Copy } from './stage.ts'
import { findMatching, hasWildcards } from './wildcards.ts'

const OURS = '/etc/backend.ai'
/** Of one folder: more are not policies and definitions. */
const MOST_FILES = 500

export interface CopiedFiles {
  readonly files: readonly CopiedFile[]
  readonly findings: readonly Finding[]
}

/** A later copy to the same place wins. */
export function copiedFiles(copies: readonly Copy[], context: string): CopiedFiles {
  const files = new Map<string, CopiedFile>()
  const findings: Finding[] = []
  for (const copy of copies.filter(({ target }) => isOurs(target) || isAbove(target)))
    for (const source of copy.sources) {
      const found = copy.body ? bodyOf(copy, source) : filesOf(copy, source, context)
      if (!found && isOurs(copy.target)) findings.push(missing(copy, source, context))
      for (const file of found ?? []) files.set(file.target, file)
    }
  return { files: [...files.values()], findings }
}

function isOurs(target: string): boolean {
  const path = posix.normalize(target)
  return path === OURS || path.startsWith(`${OURS}/`)
}

function isAbove(target: string): boolean {
  return `${OURS}/`.startsWith(`${posix.normalize(`${target}/`)}`)
}

function bodyOf({ target, place, body }: Copy, name: string): CopiedFile[] {
  if (!body) return []
  return [
    {
      target: posix.normalize(target.endsWith('/') ? `${target}${name}` : target),
      place,
      source: { body: body.text, at: body.at },
    },
  ]
}

/** Undefined where nothing of that name is in the context. */
function filesOf(copy: Copy, source: string, context: string): CopiedFile[] | undefined {
  if (/^\w+:\/\/|^git@/.test(source)) return []
  const inside = posix.normalize(`/${source}`)
  const paths = hasWildcards(source) ? findMatching(inside, context) : [inside.slice(1)]
  const there = paths.filter((path) => leadsInside(join(context, path), context))
  const isFolder = copy.target.endsWith('/') || copy.sources.length > 1 || paths.length > 1
  if (there.length === 0) return undefined
  return there.flatMap((path) => {
    const from = join(context, path)
    if (statOf(from)?.isDirectory()) return folderFiles(copy, from)
    const target = posix.normalize(isFolder ? `${copy.target}/${basename(path)}` : copy.target)
    return [{ target, place: copy.place, source: { path: from } }]
  })
}

/** Builders follow no link out of the context. */
function leadsInside(path: string, context: string): boolean {
  try {
    return !relative(realpathSync(context), realpathSync(path)).startsWith('..')
  } catch {
    return false
  }
}

/** What is in a folder comes to the target, not the folder itself. */
function folderFiles({ target, place }: Copy, folder: string): CopiedFile[] {
  const start = isOurs(target) ? folder : join(folder, relative(posix.normalize(target), OURS))
  const root = isOurs(target) ? target : OURS
  return listFiles(start)
    .filter((path) => leadsInside(path, folder))
    .map((path) => ({
      target: posix.join(root, relative(start, path)),
      place,
      source: { path },
    }))
}

/** Links to folders are not followed: they may go in circles. */
function listFiles(folder: string): string[] {
  const files: string[] = []
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined && files.length < MOST_FILES; next = folders.pop())
    for (const name of namesIn(next)) {
      const path = join(next, name)
      if (isOwnFolder(path)) folders.push(path)
      else files.push(path)
    }
  return files.sort()
}

function isOwnFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function missing({ place }: Copy, source: string, context: string): Finding {
  return {
    place,
    severity: 'error',
    rule: 'file-missing',
    what: `there is no ${quote(source)} in ${context}`,
    mend: 'add it, or name the folder of the build with --context',
  }
}
