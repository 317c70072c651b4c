/** Our Node and the other programs with all libraries that they want: `opt/backend.ai/lib`. */
import { copyFileSync, existsSync, globSync, readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readElf } from './elf.ts'
import type { Target } from './target.ts'

/** Debian's programs that are not in every image. */
const PROGRAMS = [
  { name: 'dropbear', path: 'usr/sbin/dropbear', from: 'dropbear-bin' },
  { name: 'dropbearkey', path: 'usr/bin/dropbearkey', from: 'dropbear-bin' },
  { name: 'sftp-server', path: 'usr/lib/openssh/sftp-server', from: 'openssh-sftp-server' },
] as const

/**
 * What C's library loads by itself, to ask who a user is: from an image of another release these would be loaded into ours, of
 * whose inside they know another version.
 */
const LOADED_BY_NAME = 'libnss_*.so.2'

/** Programs that `bin/` has a launcher for. */
export const STARTED = ['node', ...PROGRAMS.map(({ name }) => name)]

/** Into `lib`; returns where on this machine each file is from. */
export function collectLibraries(target: Target, lib: string, addons: readonly string[]): string[] {
  const programs = [
    { name: 'node', path: join(target.node, 'bin', 'node') },
    ...PROGRAMS.map(({ name, path, from }) => ({ name, path: program(target, path, from) })),
  ]
  for (const { name, path } of programs) copyFileSync(path, join(lib, name))
  const roots = [...programs.map(({ path }) => path), ...addons, ...nameServices(target)]
  const libraries = closure(target, roots)
  for (const [name, path] of libraries) copyFileSync(path, join(lib, name))
  return [...programs.slice(1).map(({ path }) => path), ...libraries.values()]
}

function program({ system }: Target, path: string, from: string): string {
  const place = join(system, path)
  if (!existsSync(place)) throw new Error(`there is no ${place}: install Debian's package ${from}`)
  return place
}

/** C's library's own; others (systemd's, say) ask nothing of its inside. */
function nameServices(target: Target): string[] {
  const names = globSync(LOADED_BY_NAME, { cwd: libraryFolders(target)[0] ?? '' }).sort()
  return names
    .map((name) => find(target, name))
    .filter((path) => readFileSync(path, 'latin1').includes('GLIBC_PRIVATE'))
}

/** All libraries that these files want, and those want in turn: name and path. */
function closure(target: Target, roots: readonly string[]): Map<string, string> {
  const found = new Map([[target.loader, find(target, target.loader)]])
  const waiting = [...roots]
  for (const root of roots) if (/^lib.*\.so/.test(basename(root))) found.set(basename(root), root)
  for (let path = waiting.pop(); path; path = waiting.pop())
    for (const name of readElf(path)?.needed ?? []) {
      if (found.has(name)) continue
      found.set(name, find(target, name))
      waiting.push(find(target, name))
    }
  return found
}

function find(target: Target, name: string): string {
  const place = libraryFolders(target)
    .map((folder) => join(folder, name))
    .find(existsSync)
  if (!place) throw new Error(`there is no library ${name} in ${libraryFolders(target).join(', ')}`)
  return realpathSync(place)
}

function libraryFolders({ system, triplet }: Target): string[] {
  return [`lib/${triplet}`, `usr/lib/${triplet}`, 'lib64', 'lib'].map((folder) => join(system, folder))
}
