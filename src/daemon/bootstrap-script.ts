import { join } from 'node:path'
import { messageOf } from '../errors.ts'
import { isThere } from '../process/access.ts'
import { describeOutcome } from '../process/outcome.ts'
import { spawnChild } from '../process/spawn.ts'
import type { Logger } from './logger.ts'

const LAST_LINES = 2000

/** Runs the user's `bootstrap.sh` once, before anything is served. What goes wrong is a warning. */
export async function runBootstrapScript(
  work: string,
  env: Readonly<Record<string, string>>,
  log: Logger,
): Promise<void> {
  const script = join(work, 'bootstrap.sh')
  if (!isThere(script)) return
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-LAST_LINES)
  }
  try {
    const child = spawnChild({ argv: ['/bin/sh', script], env, cwd: work, onStdout: keep, onStderr: keep })
    child.closeStdin()
    const outcome = await child.exited
    child.stdout.drain()
    child.stderr.drain()
    if (outcome.exitCode === 0) log.info(`bootstrap.sh has run: ${printed.trim()}`)
    else log.warn(`bootstrap.sh ${describeOutcome(outcome)}; it wrote: ${printed.trim()}`)
  } catch (error) {
    log.warn(`bootstrap.sh did not run: ${messageOf(error)}`)
  }
}
