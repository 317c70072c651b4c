import { dirname, join } from 'node:path'
import { isThere } from '../../src/process/access.ts'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'

/** A program beside the session's executable, so of the same version, or else that of PATH. */
export function programBeside(name: string, { executable, which }: RuntimeContext): string | undefined {
  const beside = join(dirname(executable), name)
  return isThere(beside) ? beside : which(name)
}
