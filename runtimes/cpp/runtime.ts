import type { Runtime } from '../../src/runtime/runtime.ts'
import { compiledBatch } from '../compiled/batch.ts'
import { launchDriver } from '../compiled/launch.ts'
import { C_SYNTAX } from '../compiled/syntax.ts'

const cpp: Runtime = {
  name: 'cpp',
  aliases: ['c++'],
  title: 'C++',
  versions: 'g++ 6 to 14, clang++',
  executables: ['g++', 'clang++', 'c++'],
  versionArguments: ['--version'],
  batch: compiledBatch({
    endings: ['.cpp', '.cc', '.cxx'],
    flags: 'CXXFLAGS',
    libraries: ['-lm', '-lpthread', '-ldl'],
  }),
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: C_SYNTAX,
    launch: (context) => launchDriver(['driver', 'c-family'], context),
  },
}

export default cpp
