/** Where a distribution of Scala has its libraries: the engine of its REPL is in there. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'
import { homeOf } from '../jvm/launch.ts'

/** In `lib`; since Scala 3.5 beside it, as Maven lays them out. */
const PLACES = ['lib/*.jar', 'maven2/**/*.jar']

/** Absolute paths of the jars; none where `scala` is not in a distribution's folder. */
export function librariesOf({ executable }: RuntimeContext): string[] {
  const home = homeOf(executable)
  return PLACES.flatMap((place) => globSync(place, { cwd: home })).map((jar) => join(home, jar))
}

/** The JVM that Scala's own scripts would take. */
export function javaOf({ env, which }: RuntimeContext): string {
  return (env.JAVA_HOME && which(join(env.JAVA_HOME, 'bin', 'java'))) || which('java') || 'java'
}
