import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JailEnvironment } from '../jail/program.ts'

/** Variables that are about us, not about user code. */
const OURS = ['KRUNNER_JAIL', 'KRUNNER_SPOOL', 'NODE_COMPILE_CACHE', 'NODE_CHANNEL_FD']
const GPU_FOLDERS = ['/usr/local/cuda/bin', '/usr/local/nvidia/bin']
/** Where the tree is mounted, whoever's runner it is. */
const OUR_LIBRARIES = '/opt/backend.ai/lib'
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The environment of all that we start: our own, or what a jail leaves of it, with the PATH that the protocol asks for. */
export function userEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  work: string,
  jail?: JailEnvironment,
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [key, value] of Object.entries(own))
    if (value !== undefined && !OURS.includes(key) && mayKeep(key, jail)) env[key] = value
  Object.assign(env, jail?.set)
  env.PATH = searchPath(env.PATH || DEFAULT_PATH, work)
  withoutOurLibraries(env)
  return env
}

/** What a jail does not leave of it, by name. */
export function droppedVariables(
  own: Readonly<Record<string, string | undefined>>,
  jail: JailEnvironment,
): string[] {
  const isDropped = (key: string) =>
    !OURS.includes(key) && !mayKeep(key, jail) && !Object.hasOwn(jail.set, key)
  return Object.keys(own).filter(isDropped).sort()
}

/**
 * Images of Alpine name the runner's libraries for a runner that needs it: ours are of another C library, and programs of the
 * image would load them in the place of their own.
 */
function withoutOurLibraries(env: Record<string, string>): void {
  const before = env.LD_LIBRARY_PATH
  if (before === undefined) return
  const theirs = before.split(':').filter((folder) => folder !== OUR_LIBRARIES)
  if (theirs.length > 0) env.LD_LIBRARY_PATH = theirs.join(':')
  else delete env.LD_LIBRARY_PATH
}

/** A name that ends with `*` is every name that begins so, and one that begins with it every name that ends so. */
function mayKeep(key: string, jail: JailEnvironment | undefined): boolean {
  if (!jail) return true
  return jail.keep.some((name) => {
    if (name.startsWith('*')) return key.endsWith(name.slice(1))
    return name.endsWith('*') ? key.startsWith(name.slice(0, -1)) : key === name
  })
}

function searchPath(path: string, work: string): string {
  const wanted = [join(work, '.local', 'bin'), ...GPU_FOLDERS.filter((folder) => existsSync(folder))]
  const entries = path.split(':')
  return [...wanted.filter((folder) => !entries.includes(folder)), ...entries].join(':')
}
