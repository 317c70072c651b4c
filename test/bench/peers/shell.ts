import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A command under the shell, its streams piped, until it has ended and they are closed; ms. */
export async function timeShell(command: string): Promise<number> {
  const started = performance.now()
  await once(spawn('/bin/sh', ['-c', command]), 'close')
  return performance.now() - started
}
