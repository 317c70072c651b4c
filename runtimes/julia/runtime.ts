import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

const PROJECT_FILES = ['JuliaProject.toml', 'Project.toml']

const julia: Runtime = {
  name: 'julia',
  title: 'Julia',
  versions: 'Julia 1.0 to 1.11',
  executables: ['julia'],
  versionArguments: ['--version'],
  batch: {
    clean: () => nothing,
    build(project, { executable, folder }) {
      if (!project.firstOf(...PROJECT_FILES)) return nothing
      return run([executable, '--startup-file=no', '--project=.', join(folder, 'build.jl')])
    },
    execute(project, { executable, folder }) {
      if (!project.hasFile('main.jl')) return impossible('no main.jl here: name the program to run')
      const ofProject = project.firstOf(...PROJECT_FILES) ? ['--project=.'] : []
      return run([executable, ...ofProject, '-L', join(folder, 'stdin.jl'), 'main.jl'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: true },
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
