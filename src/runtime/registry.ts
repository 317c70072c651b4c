/** Finds runtimes: each folder under `runtimes/` is one. */
import { join } from 'node:path'
import { KrunnerError } from '../errors.ts'
import { RUNTIMES } from '../tree.ts'
import { importRuntime, runtimeNames } from './modules.ts'
import type { Runtime } from './runtime.ts'

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

async function load(name: string): Promise<FoundRuntime> {
  const { default: runtime } = await importRuntime(name)
  return { runtime, folder: join(RUNTIMES, name) }
}
