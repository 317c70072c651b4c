import { join } from 'node:path'
import type { DriverLaunch, RuntimeContext } from '../../src/runtime/runtime.ts'
import { DIST } from '../../src/tree.ts'
import { preloadDriverLibrary } from '../driver-library.ts'
import { ghciCommand } from './programs.ts'

const LIBRARY = join(DIST, 'native', 'libkrunner-ghci.so')

/**
 * With room to allocate, ghci starts a third faster. Its stack would have four fifths of the machine's memory
 * by default, which is more than a container may have: a recursion without end shall be an error.
 */
const MEMORY = ['+RTS', '-A16m', '-O64m', '-K512m', '-RTS']

/** ghci with our library in it, which makes it a driver: `native/ghci-session.c`. */
export function launchDriver(context: RuntimeContext): DriverLaunch {
  const { env, scratch } = context
  // The library makes it, a pipe.
  const script = join(scratch, 'ghci')
  const { LD_PRELOAD } = preloadDriverLibrary(env)
  return {
    argv: [...ghciCommand(context), ...['-v0', '-ignore-dot-ghci', '-ghci-script', script], ...MEMORY],
    env: { KRUNNER_GHCI: script, LD_PRELOAD: `${LIBRARY}:${LD_PRELOAD}` },
  }
}
