import { capture } from '../process/capture.ts'
import type { Runtime } from './runtime.ts'

/** Milliseconds. A JVM on a machine under load takes seconds. */
const LONGEST = 5000

/** Most programs say their name first, and some a number of their packaging after it. */
const FIRST_NUMBER = [/(\d+(?:\.\d+)+)/, /(\d+)/]

/** The version that this executable says it has; undefined where it says none, or nothing in time. */
export async function askVersion(
  { versionArguments, versionPattern }: Runtime,
  executable: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  if (versionArguments.length === 0) return undefined
  const said = await outputOf([executable, ...versionArguments], env)
  const patterns = versionPattern ? [versionPattern] : FIRST_NUMBER
  return patterns.map((pattern) => pattern.exec(said)?.[1]).find((version) => version !== undefined)
}

/** Both streams, stdout first; nothing where it can't be run. */
async function outputOf(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    const { out, err } = await capture({ argv, env, cwd: '/' }, AbortSignal.timeout(LONGEST))
    return out + err
  } catch {
    return ''
  }
}
