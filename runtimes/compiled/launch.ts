/** How the driver of C, C++ and Fortran comes to be: the image's own compiler makes it, for the image's own libc. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DriverLaunch, RuntimeContext } from '../../src/runtime/runtime.ts'

/** No optimisation: the driver is needed at once, and waits for compilers most of its life. */
const OPTIONS = ['-w', '-O0', '-fvisibility=hidden', '-D_GNU_SOURCE', '-rdynamic', '-pthread']

/** `shared` names folders beside this file; the language's own is always one of the sources. */
export function launchDriver(shared: readonly string[], context: RuntimeContext): DriverLaunch {
  const { executable, scratch } = context
  const own = join(context.folder, 'driver')
  const folders = [...shared.map((name) => join(context.folder, '..', 'compiled', name)), own]
  const driver = join(scratch, 'driver')
  return {
    argv: [driver, executable, scratch, own],
    prepare: [
      {
        argv: [
          executable,
          ...OPTIONS,
          ...folders.flatMap((folder) => ['-I', folder]),
          ...folders.flatMap(sourcesIn),
          ...['-x', 'none', '-o', driver, '-ldl', '-lm'],
        ],
      },
    ],
  }
}

/** Each with its dialect before it: g++ and gfortran have others in mind, and forget what they are told behind each file. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(c|cpp)$/.test(name))
    .flatMap((name) => ['-x', name.endsWith('.cpp') ? 'c++' : 'c', join(folder, name)])
}
