import { which } from '../process/which.ts'
import type { Runtime } from './runtime.ts'

/**
 * The language's executable: the one that was asked for, else the first that PATH offers. `missing` says
 * what was looked for where there is none; `path` is then what would have been run.
 */
export function findExecutable(
  runtime: Runtime,
  asked: string | undefined,
  searchPath: string | undefined,
): { path: string; missing?: string } {
  if (asked) {
    const path = which(asked, searchPath)
    return path ? { path } : { path: asked, missing: `'${asked}' is not there, or is not executable` }
  }
  for (const name of runtime.executables) {
    const path = which(name, searchPath)
    if (path) return { path }
  }
  if (runtime.fallbackExecutable) return { path: runtime.fallbackExecutable }
  const path = runtime.executables[0] ?? ''
  return path ? { path, missing: `none of ${runtime.executables.join(', ')} is in PATH` } : { path }
}
