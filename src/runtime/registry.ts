/** Finds runtimes: each folder under `runtimes/` is one. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { KrunnerError } from '../errors.ts'
import { DIST, FROM_SOURCES } from '../tree.ts'
import type { Runtime } from './runtime.ts'

const RUNTIMES = FROM_SOURCES ? join(DIST, '..', 'runtimes') : join(DIST, 'runtimes')
const MODULE = FROM_SOURCES ? 'runtime.ts' : 'runtime.js'

export interface FoundRuntime {
  runtime: Runtime
  /** Where the runtime's own files are. */
  folder: string
}

/** The runtime of that name or alias. Throws UNKNOWN_RUNTIME. */
export async function findRuntime(name: string): Promise<FoundRuntime> {
  const names = runtimeNames()
  if (names.includes(name)) return load(name)
  const found = (await allRuntimes()).find(({ runtime }) => runtime.aliases?.includes(name))
  if (!found) throw KrunnerError.of('UNKNOWN_RUNTIME', name, names)
  return found
}

/** Sorted by name. */
export function allRuntimes(): Promise<FoundRuntime[]> {
  return Promise.all(runtimeNames().map(load))
}

export function runtimeNames(): string[] {
  return readdirSync(RUNTIMES)
    .filter((name) => existsSync(join(RUNTIMES, name, MODULE)))
    .sort()
}

async function load(name: string): Promise<FoundRuntime> {
  const folder = join(RUNTIMES, name)
  const module: { default: Runtime } = await import(pathToFileURL(join(folder, MODULE)).href)
  return { runtime: module.default, folder }
}
