import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

const julia: Runtime = {
  name: 'julia',
  title: 'Julia',
  executables: ['julia'],
  versionArguments: ['--version'],
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable }) {
      if (!project.hasFile('main.jl')) return impossible('no main.jl here: name the program to run')
      return run([executable, 'main.jl'])
    },
  },
  query: {
    features: { completion: true, inspection: true, rich: true },
    syntax: {
      comments: ['#'],
      quotes: [],
      spans: [
        ['"""', '"""'],
        ['#=', '=#'],
        ['"', '"'],
      ],
      goesOn: /(?:[-+*/\\^=<>&|,:?]|\b(?:begin|else|try|finally|quote|do))\s*$/,
    },
    launch: ({ executable, folder, env }) => ({
      argv: [executable, '-i', join(folder, 'driver.jl'), DRIVER_LIBRARY],
      env: preloadDriverLibrary(env),
    }),
  },
}

export default julia
