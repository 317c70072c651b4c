import { join } from 'node:path'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { NODE } from '../../src/tree.ts'
import { build, clean, execute } from './batch.ts'

const nodejs: Runtime = {
  name: 'nodejs',
  aliases: ['node', 'javascript'],
  title: 'Node.js',
  versions: 'Node.js 6 to 26',
  executables: ['node', 'nodejs'],
  fallbackExecutable: NODE,
  versionArguments: ['--version'],
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: true },
    syntax: {
      comments: ['//'],
      quotes: ["'", '"'],
      spans: [
        ['/*', '*/'],
        ['`', '`'],
      ],
      // An operator that wants a right side, an arrow, or an escaped end of line; `i++` is complete.
      goesOn: /(?:=>|(?<!\+)\+|(?<!-)-|[*%&|^=<,.?:\\]|\b(?:else|extends|in|instanceof|of))\s*$/,
    },
    launch: ({ executable, folder }) => ({ argv: [executable, join(folder, 'driver.cjs')] }),
  },
}

export default nodejs
