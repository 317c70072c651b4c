/** How the driver of C, C++ and Fortran comes to be: the image's own compiler makes it, for the image's own libc. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DriverLaunch, RuntimeContext } from '../../src/runtime/runtime.ts'

/** `guard` is the file that knows what the language has beyond C, and its dialect as `-x` names it. */
export interface Guard {
  readonly file: string
  readonly dialect: string
}

const OPTIONS = ['-w', '-O0', '-fvisibility=hidden', '-D_GNU_SOURCE']

export function launchDriver(language: string, guard: Guard, context: RuntimeContext): DriverLaunch {
  const { executable, scratch } = context
  const folder = join(context.folder, '..', 'compiled', 'driver')
  const driver = join(scratch, 'driver')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.c') && !name.startsWith('guard-'))
  const inFolder = (name: string) => join(folder, name)
  return {
    argv: [driver, language, executable, scratch, folder],
    prepare: [
      {
        argv: [
          executable,
          ...OPTIONS,
          ...['-rdynamic', '-pthread'],
          // g++ forgets the dialect behind each file.
          ...sources.flatMap((name) => ['-x', 'c', inFolder(name)]),
          ...['-x', guard.dialect, inFolder(guard.file)],
          ...['-x', 'none', '-o', driver, '-ldl', '-lm'],
        ],
      },
    ],
  }
}
