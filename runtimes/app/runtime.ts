import type { Runtime } from '../../src/runtime/runtime.ts'

/** An image of services: it has no language, so explicit batch commands run and nothing else. */
const app: Runtime = {
  name: 'app',
  title: 'Application',
  versions: 'anything',
  executables: [],
  versionArguments: [],
}

export default app
