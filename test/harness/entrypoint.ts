/** The entrypoint in a root file system of a test's own: a folder with busybox, or with less. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inPath, type Requirement, rootUser } from '../toolchain/requirement.ts'
import { type RootName, rootFolder, rootThere } from '../toolchain/roots.ts'
import { PROJECT } from '../unit/source-files.ts'
import type { Files } from './agent-side.ts'
import { temporaryFolder } from './krunner.ts'

const ENTRYPOINT = join(PROJECT, 'dist/native/krunner-entrypoint')
const BUSYBOX: RootName = 'busybox'

export const ENTRYPOINT_NEEDS: readonly Requirement[] = [
  rootUser(),
  inPath('unshare'),
  inPath('chroot'),
  rootThere(BUSYBOX),
]

export const USER = 4321
export const GROUP = 4322

export interface Entered {
  exitCode: number | null
  stdout: string
  stderr: string
}

export class EntrypointRoot {
  readonly folder: string

  /** Beside the entrypoint and busybox only these files. */
  constructor(files: Files = {}) {
    this.folder = temporaryFolder(files)
    // A folder that only its owner enters would be no root for anybody else.
    chmodSync(this.folder, 0o755)
    for (const name of ['bin', 'etc', 'proc', 'tmp', 'opt/kernel'])
      mkdirSync(join(this.folder, name), { recursive: true })
    chmodSync(this.path('tmp'), 0o1777)
    copyFileSync(ENTRYPOINT, this.path('opt/kernel/entrypoint.sh'))
    copyFileSync(join(rootFolder(BUSYBOX), 'bin/busybox'), this.path('bin/busybox'))
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  has(name: string): boolean {
    return existsSync(this.path(name))
  }

  /** busybox, under the name of one of its programs. */
  install(...names: string[]): this {
    for (const name of names) copyFileSync(this.path('bin/busybox'), this.path(`bin/${name}`))
    return this
  }

  /** Runs a command of busybox through the entrypoint. `before` is what a shell outside does with the root, `$1`, first. */
  enter(command: readonly string[], env: Readonly<Record<string, string>> = {}, before = ''): Entered {
    const ids = { LOCAL_USER_ID: `${USER}`, LOCAL_GROUP_ID: `${GROUP}` }
    const script = `mount -t proc proc "$1/proc"; ${before}\nroot=$1; shift; exec chroot "$root" "$@"`
    const inside = ['/opt/kernel/entrypoint.sh', '/bin/busybox', ...command]
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', this.folder, ...inside],
      {
        env: { PATH: process.env.PATH, ...ids, ...env },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    return { exitCode: status, stdout, stderr }
  }
}
