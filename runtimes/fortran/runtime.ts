import type { Runtime } from '../../src/runtime/runtime.ts'
import { compiledBatch } from '../compiled/batch.ts'
import { launchDriver } from '../compiled/launch.ts'
import { modulesFirst } from './modules.ts'

/** What a program writes is seen at once, prompts without a newline too. */
const UNBUFFERED = { GFORTRAN_UNBUFFERED_PRECONNECTED: 'y' }

const fortran: Runtime = {
  name: 'fortran',
  title: 'Fortran',
  versions: 'gfortran 6 to 14',
  executables: ['gfortran', 'f95'],
  versionArguments: ['--version'],
  environment: () => UNBUFFERED,
  batch: compiledBatch({
    endings: ['.f90', '.f95', '.f03', '.f08', '.f'],
    flags: 'FFLAGS',
    libraries: [],
    order: modulesFirst,
  }),
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['!'],
      quotes: ["'", '"'],
      spans: [],
      // A continuation, or the head of a block.
      goesOn:
        /&\s*$|\b(?:then|else|do|contains)\s*$|^\s*(?:do\b|select\b|(?:[\w()*]+\s+)*(?:subroutine|function)\s+\w|(?:module|program|interface|type(?!\s*\())\b)/i,
    },
    launch(context) {
      const launch = launchDriver(['driver'], context)
      // Its addresses without names would be the driver's.
      return { ...launch, env: { GFORTRAN_ERROR_BACKTRACE: '0' } }
    },
  },
}

export default fortran
