import type { Runtime } from '../../src/runtime/runtime.ts'
import { compiledBatch } from '../compiled/batch.ts'
import { launchDriver } from '../compiled/launch.ts'
import { C_SYNTAX } from '../compiled/syntax.ts'

const c: Runtime = {
  name: 'c',
  title: 'C',
  versions: 'gcc 6 to 14, clang',
  executables: ['gcc', 'clang', 'cc'],
  versionArguments: ['--version'],
  batch: compiledBatch({ endings: ['.c'], flags: 'CFLAGS', libraries: ['-lm', '-lpthread', '-ldl'] }),
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: C_SYNTAX,
    launch: (context) => launchDriver(['driver', 'c-family'], context),
  },
}

export default c
