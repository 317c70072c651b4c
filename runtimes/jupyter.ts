/** Jupyter as a service: of Python's, and with kernels of other languages. */
import type { KnownService, ServicePlace } from '../src/runtime/runtime.ts'

/** The ways in which its releases say that whoever reaches the port may use it: the agent lets nobody else. */
const NO_TOKEN = ['NotebookApp', 'ServerApp', 'IdentityProvider'].map((part) => `--${part}.token=`)

export function jupyterOptions({ host, port, work }: ServicePlace): string[] {
  return [
    '--no-browser',
    '--allow-root',
    `--ip=${host}`,
    `--port=${port}`,
    // Another one would be none that the agent knows of.
    '--ServerApp.port_retries=0',
    '--NotebookApp.port_retries=0',
    `--notebook-dir=${work}`,
    ...NO_TOKEN,
  ]
}

/** For a language that only has a kernel: the image's own Jupyter. */
export const jupyterServices: readonly KnownService[] = [
  { name: 'jupyter', command: (place) => ({ argv: ['jupyter', 'notebook', ...jupyterOptions(place)] }) },
  { name: 'jupyterlab', command: (place) => ({ argv: ['jupyter', 'lab', ...jupyterOptions(place)] }) },
]
