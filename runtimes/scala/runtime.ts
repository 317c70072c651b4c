import type { DriverLaunch, Runtime, RuntimeContext } from '../../src/runtime/runtime.ts'
import { launchJvm, userClassPath } from '../jvm/launch.ts'
import { build, clean, execute } from './batch.ts'
import { javaOf, librariesOf } from './toolchain.ts'

const scala: Runtime = {
  name: 'scala',
  title: 'Scala',
  versions: 'Scala 2.11 to 3',
  executables: ['scala'],
  versionArguments: ['-version'],
  // Since 3.5 the runner's own version comes first.
  versionPattern: /Scala (?:code runner )?version(?: \(default\):)? (\d\S*)/,
  // Names of files are in the locale's letters, and without one those are ASCII.
  environment: () => ({ LC_CTYPE: 'C.UTF-8' }),
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: false, rich: false },
    syntax: {
      comments: ['//'],
      quotes: ['"'],
      spans: [
        ['"""', '"""'],
        ['/*', '*/'],
      ],
      // An operator that wants a right side, or a word that wants a body.
      goesOn: /(?:=>|[-+*/%&|^=<,:.]|\b(?:else|extends|with|yield|do|then|match))\s*$/,
    },
    launch,
  },
}

function launch(context: RuntimeContext): DriverLaunch {
  const driver = launchJvm(
    {
      java: javaOf(context),
      engine: 'krunner.scala.ScalaEngine',
      sources: ['jvm/krunner', 'scala/krunner/scala'],
      classPath: [...librariesOf(context), userClassPath(context.env)],
    },
    context,
  )
  return {
    ...driver,
    startTimeout: 60_000,
    startNotice: 'Scala starts its compiler, which takes some seconds',
  }
}

export default scala
