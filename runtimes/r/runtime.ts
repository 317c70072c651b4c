import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'
import { jupyterServices } from '../jupyter.ts'

const r: Runtime = {
  name: 'r',
  aliases: ['R'],
  title: 'R',
  versions: 'R 3.3 to 4.x',
  executables: ['R'],
  versionArguments: ['--version'],
  environment: () => ({
    // In the C locale R shows what is not ASCII as `<U+0141>`.
    LANG: 'C.UTF-8',
  }),
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable }) {
      if (!project.hasFile('main.R')) return impossible('no main.R here: name the program to run')
      return run([executable, '--no-echo', '--no-restore', '--file=main.R'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: true },
    syntax: {
      comments: ['#'],
      quotes: [],
      spans: [
        ['"', '"'],
        ["'", "'"],
        ['`', '`'],
      ],
      // An operator that wants a right side, or the head of a block.
      goesOn:
        /(?:[-+*/^=<>!&|~,:$@]|%[^%\s]*%|\b(?:else|function|in|repeat)|\b(?:function|if|for|while)\s*\(.*\))\s*$/,
    },
    // R runs a profile before it reads its console: so it is interactive, and the console stays the user's.
    launch: ({ executable, folder, env }) => ({
      argv: [executable, '--no-readline', '--interactive', '--no-echo', '--no-restore', '--no-save'],
      env: {
        ...preloadDriverLibrary(env),
        R_PROFILE_USER: join(folder, 'driver.R'),
        KRUNNER_R: DRIVER_LIBRARY,
        ...(env.R_PROFILE_USER && { KRUNNER_R_PROFILE: env.R_PROFILE_USER }),
      },
    }),
  },
  services: jupyterServices,
}

export default r
