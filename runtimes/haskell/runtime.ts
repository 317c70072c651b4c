import type { Runtime } from '../../src/runtime/runtime.ts'
import { build, clean, execute } from './batch.ts'
import { launchDriver } from './launch.ts'

const haskell: Runtime = {
  name: 'haskell',
  aliases: ['ghc', 'ghci'],
  title: 'Haskell',
  versions: 'GHC 8.0 to 9.x',
  executables: ['ghci', 'ghc'],
  versionArguments: ['--version'],
  environment: () => ({
    // Programs of GHC's take their encodings from it, and fail on what is not ASCII in the C locale.
    LANG: 'C.UTF-8',
  }),
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['--'],
      quotes: ['"'],
      spans: [
        ['{-', '-}'],
        [':{', ':}'],
      ],
      // An operator that wants a right side, or the head of a block.
      goesOn: /(?:[-+*/^=<>!&|~,.$@\\:]|\b(?:where|do|of|let|then|else|if|case|in))\s*$/,
    },
    launch: launchDriver,
  },
}

export default haskell
