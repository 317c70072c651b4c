import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

/** No files of the user's or the machine's are read first, and no terminal is expected. */
const PLAIN = ['--norc', '--no-history', '--no-line-editing', '--quiet']

const octave: Runtime = {
  name: 'octave',
  title: 'GNU Octave',
  versions: 'Octave 4.2 to 9',
  executables: ['octave-cli', 'octave'],
  versionArguments: ['--version'],
  // Where the image says nothing: letters outside ASCII would be shown as question marks.
  environment: () => ({ LANG: 'C.UTF-8' }),
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable }) {
      if (!project.hasFile('main.m')) return impossible('no main.m here: name the program to run')
      return run([executable, ...PLAIN, 'main.m'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: true },
    syntax: {
      comments: ['#', '%'],
      // A single quote may be a transposition.
      quotes: ['"'],
      spans: [
        ['%{', '%}'],
        ['#{', '#}'],
      ],
      // The head of a block, an operator that wants a right side, or a line that says so.
      goesOn:
        /^\s*(?:if|for|parfor|while|until|do|switch|function|try|unwind_protect|else|case|otherwise)\b[^;]*$|(?:\.\.\.|[-+*/^=<>&|,([{])\s*$/,
    },
    launch: ({ executable, folder, scratch, env }) => ({
      argv: [executable, ...PLAIN, join(folder, 'driver.m'), DRIVER_LIBRARY, scratch],
      env: preloadDriverLibrary(env),
    }),
  },
}

export default octave
