/** The runtimes' modules: each folder under `runtimes/` that has one. `scripts/tree/app.ts` puts a table in the place of this file. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FROM_SOURCES, RUNTIMES } from '../tree.ts'
import type { Runtime } from './runtime.ts'

const MODULE = FROM_SOURCES ? 'runtime.ts' : 'runtime.js'

/** Sorted. */
export function runtimeNames(): string[] {
  return readdirSync(RUNTIMES)
    .filter((name) => existsSync(join(RUNTIMES, name, MODULE)))
    .sort()
}

export function importRuntime(name: string): Promise<{ default: Runtime }> {
  return import(pathToFileURL(join(RUNTIMES, name, MODULE)).href)
}
