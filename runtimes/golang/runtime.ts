import { existsSync } from 'node:fs'
import { KrunnerError } from '../../src/errors.ts'
import type { DriverLaunch, Runtime } from '../../src/runtime/runtime.ts'
import { build, clean, execute, toolchainEnvironment } from './batch.ts'
import { DRIVER } from './driver-path.ts'

const golang: Runtime = {
  name: 'golang',
  aliases: ['go'],
  title: 'Go',
  versions: 'Go 1.8 to 1.24 in batch mode, 1.22 in query mode',
  executables: ['go'],
  fallbackExecutable: DRIVER,
  versionArguments: ['version'],
  versionPattern: /go(\d+\.[\w.]+)/,
  environment: toolchainEnvironment,
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['//'],
      quotes: ['"', "'"],
      spans: [
        ['`', '`'],
        ['/*', '*/'],
      ],
      // An operator that wants a right side.
      goesOn: /(?:(?<!\+)\+|(?<!-)-|[*/%&|^=<>,.(:]|\b(?:else|return))\s*$/,
    },
    launch,
  },
}

function launch(): DriverLaunch {
  if (existsSync(DRIVER)) return { argv: [DRIVER] }
  throw KrunnerError.of(
    'DRIVER_START',
    'golang',
    `${DRIVER} is not there, as there was no Go 1.22 or later when this tree was built; install one (the golang-go of Debian 13 or later) and run \`npm run build\` again. Batch mode works without it`,
  )
}

export default golang
