/** A podman of the tests' own: its containers, images and configuration are nobody else's. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { CACHE } from './roots.ts'

const STORAGE = join(CACHE, 'containers')
/** Gone after a restart of the machine, as podman expects it. */
const STATE = `/run/krunner-test-${createHash('sha256').update(STORAGE).digest('hex').slice(0, 12)}`

const STORES = ['--root', STORAGE, '--runroot', STATE, '--storage-driver', 'overlay']

/** The first words of every command line. */
export const PODMAN = ['podman', ...STORES, '--tmpdir', join(STATE, 'libpod')] as const

/** The same images, for who builds with buildah. */
export const BUILDAH = ['/usr/bin/buildah', ...STORES] as const

export const PODMAN_ENV = {
  CONTAINERS_CONF: join(import.meta.dirname, 'containers.conf'),
} as const

/** Runs to its end; gives what it printed. Throws where it fails. */
export function podman(...args: string[]): string {
  const [program, ...first] = PODMAN
  return execaSync(program, [...first, ...args], { env: PODMAN_ENV, stdin: 'ignore' }).stdout
}
