import { dirname, join } from 'node:path'
import { isThere } from '../../src/process/access.ts'
import type { DriverLaunch, Runtime, RuntimeContext } from '../../src/runtime/runtime.ts'
import { homeOf, launchJvm, userClassPath } from '../jvm/launch.ts'
import { build, clean, execute } from './batch.ts'

const java: Runtime = {
  name: 'java',
  title: 'Java',
  versions: 'JDK 8 to 21',
  executables: ['java'],
  versionArguments: ['-version'],
  // A JVM tells first which of its options the environment has set.
  versionPattern: /version "([^"]+)"/,
  // Names of files are in the locale's letters, and without one those are ASCII.
  environment: () => ({ LC_CTYPE: 'C.UTF-8' }),
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['//'],
      quotes: ['"', "'"],
      spans: [
        ['"""', '"""'],
        ['/*', '*/'],
      ],
      // An operator that wants a right side, or the head of a declaration.
      goesOn: /(?:->|(?<![-+])[-+]|[*%&|^=<,?:.]|\b(?:else|extends|implements|return|throws))\s*$/,
    },
    launch,
  },
}

function launch(context: RuntimeContext): DriverLaunch {
  const { executable, env } = context
  const tools = compilerOfOldJdk(homeOf(executable))
  const user = userClassPath(env)
  if (!tools) {
    const sources = ['jvm/krunner', 'java/krunner/jshell']
    return launchJvm(
      { java: executable, engine: 'krunner.jshell.JShellEngine', sources, classPath: [user] },
      context,
    )
  }
  const sources = ['jvm/krunner', 'java/krunner/javac']
  return launchJvm(
    { java: executable, engine: 'krunner.javac.JavacEngine', sources, classPath: [tools, user] },
    context,
  )
}

/** Until JDK 8 it was a library beside the JDK's `jre`, where `java` itself is. */
function compilerOfOldJdk(home: string): string | undefined {
  return [home, dirname(home)].map((folder) => join(folder, 'lib', 'tools.jar')).find(isThere)
}

export default java
