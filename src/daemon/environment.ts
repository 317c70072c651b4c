import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Variables that are about us, not about user code. */
const OURS = ['KRUNNER_SPOOL', 'NODE_COMPILE_CACHE', 'NODE_CHANNEL_FD']
const GPU_FOLDERS = ['/usr/local/cuda/bin', '/usr/local/nvidia/bin']
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The environment of all that we start: our own, with the PATH that the protocol asks for. */
export function userEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  work: string,
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [key, value] of Object.entries(own))
    if (value !== undefined && !OURS.includes(key)) env[key] = value
  env.PATH = searchPath(env.PATH || DEFAULT_PATH, work)
  return env
}

function searchPath(path: string, work: string): string {
  const wanted = [join(work, '.local', 'bin'), ...GPU_FOLDERS.filter((folder) => existsSync(folder))]
  const entries = path.split(':')
  return [...wanted.filter((folder) => !entries.includes(folder)), ...entries].join(':')
}
