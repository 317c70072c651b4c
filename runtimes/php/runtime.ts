import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

/** Settings of PHP for a session, which win over those of the image. */
const SETTINGS = [
  `extension=${DRIVER_LIBRARY}`,
  'display_errors=stderr',
  'display_startup_errors=0',
  'html_errors=0',
  // Else what is shown on stderr is there twice.
  'log_errors=0',
  // What it has compiled stays as it was when a name is declared anew.
  'opcache.enable_cli=0',
]

const php: Runtime = {
  name: 'php',
  title: 'PHP',
  versions: 'PHP 7.1 to 8.4',
  executables: ['php'],
  versionArguments: ['--version'],
  batch: {
    clean: () => nothing,
    build(project, { which }) {
      const composer = which('composer')
      if (!project.hasFile('composer.json') || !composer) return nothing
      return run([composer, 'install', '--no-interaction'])
    },
    execute(project, { executable }) {
      if (!project.hasFile('main.php')) return impossible('no main.php here: name the program to run')
      return run([executable, 'main.php'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['#', '//'],
      quotes: ["'", '"'],
      spans: [['/*', '*/']],
      // The head of a block, or an operator that wants a right side.
      goesOn: /(?:\b(?:do|else|try|finally|return)|[-+*/%=<>.,&|?:^]|->)\s*$/,
    },
    launch: ({ executable, folder, env }) => ({
      argv: [executable, ...SETTINGS.flatMap((setting) => ['-d', setting]), join(folder, 'driver.php')],
      env: preloadDriverLibrary(env),
    }),
  },
}

export default php
