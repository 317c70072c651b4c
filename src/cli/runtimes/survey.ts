/** What of each language is on this machine. */
import { userEnvironment } from '../../daemon/environment.ts'
import { findExecutable } from '../../runtime/executable.ts'
import { type Offers, offersOf } from '../../runtime/offers.ts'
import { allRuntimes } from '../../runtime/registry.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { askVersion } from '../../runtime/version.ts'

export interface Surveyed {
  readonly type: string
  readonly aliases: readonly string[]
  /** The language's name. */
  readonly title: string
  /** What of it is supported. */
  readonly versions: string
  /** Null where it is not installed, or needs none. */
  readonly executable: string | null
  /** Null where the executable says none. */
  readonly version: string | null
  /** Why there is no executable; null where there is one, or none is needed. */
  readonly missing: string | null
  readonly offers: Offers
}

/** All runtimes, sorted by type. Their executables are asked side by side. */
export async function surveyRuntimes(): Promise<Surveyed[]> {
  const env = userEnvironment(process.env, process.cwd())
  const runtimes = await allRuntimes()
  return Promise.all(runtimes.map(({ runtime }) => survey(runtime, env)))
}

async function survey(runtime: Runtime, env: Readonly<Record<string, string>>): Promise<Surveyed> {
  const { path, missing } = findExecutable(runtime, undefined, env.PATH)
  const executable = missing || !path ? undefined : path
  return {
    type: runtime.name,
    aliases: runtime.aliases ?? [],
    title: runtime.title,
    versions: runtime.versions,
    executable: executable ?? null,
    version: (executable && (await askVersion(runtime, executable, env))) ?? null,
    missing: missing ?? null,
    offers: offersOf(runtime),
  }
}
