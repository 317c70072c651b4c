/** Root file systems as images in the tests' own podman, with labels or without. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { execaSync } from 'execa'
import { quoteWords } from '../../src/image/launch/shell.ts'
import { PROJECT } from '../unit/source-files.ts'
import { PODMAN, PODMAN_ENV, podman } from './podman.ts'
import { type RootName, rootFolder } from './roots.ts'

const REGISTRY = 'localhost/krunner-test'

/** The image's name. It is made once, and kept; the labels' names are given without `ai.backend.`. */
export function makeImage(root: RootName, labels: Readonly<Record<string, string>> = {}): string {
  const base = `${REGISTRY}/${basename(rootFolder(root))}`
  if (!hasImage(base)) importRoot(root, base)
  const lines = Object.entries(labels).map(
    ([name, text]) => `LABEL ai.backend.${name}=${JSON.stringify(text)}\n`,
  )
  if (lines.length === 0) return base
  const dockerfile = `FROM ${base}\n${lines.join('')}`
  const image = `${base}:${createHash('sha256').update(dockerfile).digest('hex').slice(0, 12)}`
  if (!hasImage(image))
    pipeInto(['printf', '%s', dockerfile], ['build', '--quiet', '--tag', image, '--file', '-'])
  return image
}

/** What `Dockerfile.runner` makes, from a tree that is there. As trees change, whoever makes it removes it. */
export function makeTreeImage(tree: string): string {
  const name = `${REGISTRY}/tree`
  const text = readFileSync(join(PROJECT, 'Dockerfile.runner'), 'utf8')
  const end = text.slice(text.lastIndexOf('\nFROM scratch\n')).replace(/^COPY .*$/m, 'COPY opt /opt')
  pipeInto(['printf', '%s', end], ['build', '--quiet', '--tag', name, '--file', '-', tree])
  return name
}

/** A volume with what a folder holds. */
export function fillVolume(name: string, folder: string): void {
  podman('volume', 'create', name)
  pipeInto(['tar', '--create', '--directory', folder, '.'], ['volume', 'import', name, '-'])
}

function hasImage(name: string): boolean {
  try {
    podman('image', 'exists', name)
    return true
  } catch {
    return false
  }
}

function importRoot(root: RootName, name: string): void {
  pipeInto(
    ['tar', '--create', '--numeric-owner', '--directory', rootFolder(root), '.'],
    ['import', '--quiet', '-', name],
  )
}

/** The tests' podman with what a program prints as its standard input; a pipe, which it can open by name. */
function pipeInto(source: readonly string[], args: readonly string[]): void {
  execaSync('sh', ['-c', `${quoteWords(source)} | ${quoteWords([...PODMAN, ...args])}`], { env: PODMAN_ENV })
}
