/** The programs of one GHC stand beside each other, and may have its version in their names. */
import { basename, dirname, join } from 'node:path'
import { isThere } from '../../src/process/access.ts'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'

const NAMES = /^(ghci|ghc|runghc|runhaskell)(?=$|-)/

/** `ghci`, whichever of its programs the image names. */
export function ghciCommand(context: RuntimeContext): [string, ...string[]] {
  if (/^ghci($|-)/.test(basename(context.executable))) return [context.executable]
  return [compilerOf(context), '--interactive']
}

export function compilerOf({ executable, which }: RuntimeContext): string {
  const beside = join(dirname(executable), basename(executable).replace(NAMES, 'ghc'))
  return isThere(beside) ? beside : (which('ghc') ?? beside)
}
