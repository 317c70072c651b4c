import { join } from 'node:path'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { build, clean, execute } from './batch.ts'
import { services } from './services.ts'

const python: Runtime = {
  name: 'python',
  title: 'Python',
  versions: 'CPython 2.7, 3.5 to 3.14',
  executables: ['python3', 'python', 'python2'],
  versionArguments: ['--version'],
  environment: () => ({
    // Output is seen while it is printed, that of C extensions, too.
    PYTHONUNBUFFERED: '1',
    // A pipe has no encoding in 2.7, and in the C locale it is ASCII in 3.5 and 3.6. The errors are those of the
    // C locale since 3.7: a file name that is no UTF-8 can be printed.
    PYTHONIOENCODING: 'utf-8:surrogateescape',
    // There is no screen. In query mode the driver takes this for its own backend.
    MPLBACKEND: 'Agg',
  }),
  searchPaths: ({ folder }) => ({ PYTHONPATH: join(folder, 'pythonpath') }),
  batch: { clean, build, execute },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: true },
    syntax: {
      comments: ['#'],
      quotes: ["'", '"'],
      spans: [
        ['"""', '"""'],
        ["'''", "'''"],
      ],
      // The head of a block, an escaped end of line, or a decorator.
      goesOn: /[:\\]\s*$|^\s*@\w/,
    },
    launch: ({ executable, folder }) => ({ argv: [executable, '-u', join(folder, 'driver.py')] }),
  },
  services,
}

export default python
