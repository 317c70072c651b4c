/** Starts the driver that Java and Scala share, each with an engine of its own. */
import { existsSync, globSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { CommandLine, DriverLaunch, RuntimeContext } from '../../src/runtime/runtime.ts'
import { DIST } from '../../src/tree.ts'

/** Also of what older machines write to pipes, whatever the locale. */
export const UTF8 = ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-Dstderr.encoding=UTF-8'] as const

const OPTIONS = [
  // Options of newer machines are no error.
  '-XX:+IgnoreUnrecognizedVMOptions',
  '--enable-native-access=ALL-UNNAMED',
  // What the machine itself says, of a crash for example, is not the user's output.
  '-XX:+DisplayVMOutputToStderr',
  // A file in /tmp, and a timer that keeps it up to date.
  '-XX:-UsePerfData',
  ...UTF8,
]

export interface JvmDriver {
  readonly java: string
  /** The class of the engine, and the folders below `runtimes/` whose sources it needs. */
  readonly engine: string
  readonly sources: readonly string[]
  /** Beside the driver's classes: the engine's own libraries, then the user's class path. */
  readonly classPath: readonly string[]
  readonly options?: readonly string[]
}

export function launchJvm(driver: JvmDriver, context: RuntimeContext): DriverLaunch {
  const built = join(DIST, 'jvm')
  const classes = existsSync(built) ? built : join(context.scratch, 'jvm')
  const classPath = [classes, ...driver.classPath].join(delimiter)
  const options = [...OPTIONS, ...(driver.options ?? []), '-cp', classPath]
  const library = join(DIST, 'native', 'libkrunner-jvm.so')
  const argv = [driver.java, ...options, 'krunner.Driver', library, driver.engine] as const
  return classes === built ? { argv } : { argv, prepare: [compile(driver, context, classes)] }
}

/** With the image's JDK, where there was none for our build. */
function compile(driver: JvmDriver, context: RuntimeContext, classes: string): CommandLine {
  const runtimes = dirname(context.folder)
  const sources = driver.sources.flatMap((folder) => globSync(join(runtimes, folder, '*.java')))
  const javac = join(dirname(driver.java), 'javac')
  return {
    argv: [
      javac,
      '-nowarn',
      '-proc:none',
      '-cp',
      driver.classPath.join(delimiter),
      '-d',
      classes,
      ...sources,
    ],
  }
}

/** The folder of an installation, from a program in its `bin`, which is often found by a link. */
export function homeOf(program: string): string {
  try {
    return dirname(dirname(realpathSync(program)))
  } catch {
    return dirname(dirname(program))
  }
}

/** What `java` itself takes where nothing is said. */
export function userClassPath(env: Readonly<Record<string, string>>): string {
  return env.CLASSPATH || '.'
}

/** That, and the jars in `lib`, where people put them who have no tool that does. */
export function javaClassPath(project: ProjectFolder, env: Readonly<Record<string, string>>): string {
  return [
    '.',
    ...(project.hasFolder('lib') ? ['lib/*'] : []),
    ...(env.CLASSPATH ? [env.CLASSPATH] : []),
  ].join(delimiter)
}
