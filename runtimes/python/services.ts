/** What people start of Python's without a definition. Names and ports: the wire protocol, "Services". */
import { join } from 'node:path'
import type { KnownService, ServicePlace } from '../../src/runtime/runtime.ts'
import { jupyterOptions } from '../jupyter.ts'

const module = (name: string, module: string, options: (place: ServicePlace) => string[]): KnownService => ({
  name,
  command: (place, { executable }) => ({ argv: [executable, '-m', module, ...options(place)] }),
})

export const services: readonly KnownService[] = [
  module('jupyter', 'notebook', jupyterOptions),
  module('jupyterlab', 'jupyterlab', jupyterOptions),
  module('ipython', 'IPython', () => []),
  module('tensorboard', 'tensorboard.main', ({ host, port, work }) => [
    ...['--logdir', join(work, 'logs')],
    ...['--host', host, '--port', String(port)],
  ]),
  module('digits', 'digits', ({ port }) => ['--port', String(port)]),
  module('sftp', 'sftpserver', ({ host, port }) => ['--host', host, '--port', String(port)]),
]
