import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

const scheme: Runtime = {
  name: 'scheme',
  aliases: ['guile'],
  title: 'Scheme',
  versions: 'Guile 2.2 and 3.0',
  executables: ['guile', 'guile-3.0', 'guile3.0', 'guile-2.2', 'guile2.2'],
  versionArguments: ['--version'],
  environment: () => ({
    // In the C locale Guile takes what is not ASCII for question marks.
    LANG: 'C.UTF-8',
  }),
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable, folder }) {
      if (!project.hasFile('main.scm')) return impossible('no main.scm here: name the program to run')
      return run([executable, '--no-auto-compile', '-l', join(folder, 'batch.scm'), '-s', 'main.scm'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: [';'],
      quotes: [],
      spans: [
        ['"', '"'],
        ['#|', '|#'],
      ],
      goesOn: /(?!)/,
    },
    launch: ({ executable, folder, env }) => ({
      argv: [executable, '--no-auto-compile', '-s', join(folder, 'driver.scm'), DRIVER_LIBRARY],
      env: preloadDriverLibrary(env),
    }),
  },
}

export default scheme
