/** All that an agent mounts and says when it starts a container: entrypoint, command line, environment, signal. */
import { randomUUID } from 'node:crypto'
import { chownSync, lchownSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type RootName, rootFolder } from '../toolchain/roots.ts'
import { PROJECT } from '../unit/source-files.ts'
import { type Files, writeFiles } from './agent-side.ts'
import { freePort } from './ports.ts'

export const TREE = join(PROJECT, 'dist/krunner-linux-x64')

/** The user of the host for whom the container is; no image knows these numbers. */
export const USER = 54_321
export const GROUP = 54_322
export interface ContainerOptions {
  /** A root file system; what is written to it is gone with the container. */
  root?: RootName
  /** Instead: an image. */
  image?: string
  runtime: string
  runtimePath?: string
  /** Files of `/home/work` and of `/home/config`. */
  files?: Files
  configFiles?: Files
  env?: Readonly<Record<string, string>>
  /** More options for `podman run`. */
  options?: readonly string[]
  /** True: the runner's own warnings may come while no step is open. */
  mayWarn?: boolean
  /** How the tree is mounted; default: as two folders, read-only. */
  mounts?: readonly string[]
}

export interface Ports {
  replin: number
  replout: number
  sshd: number
  ttyd: number
}

interface Folders {
  work: string
  config: string
}

export async function freePorts(): Promise<Ports> {
  const [replin, replout, sshd, ttyd] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  return { replin, replout, sshd, ttyd }
}

/** The folders that are mounted, below a scratch one; without ports, the default ones are meant. */
export function makeFolders(
  scratch: string,
  { files = {}, configFiles = {} }: Pick<ContainerOptions, 'files' | 'configFiles'>,
  ports?: Ports,
): Folders {
  const folders = { work: join(scratch, 'work'), config: join(scratch, 'config') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  if (ports) writeFiles(folders.config, { 'intrinsic-ports.json': JSON.stringify(ports) })
  writeFiles(folders.config, configFiles)
  writeFiles(folders.work, files)
  giveAway(scratch)
  return folders
}

/** What stands behind `podman run`. */
export function runArguments(options: ContainerOptions, folders: Folders): string[] {
  const { runtime, runtimePath, env = {}, mounts = TREE_MOUNTS } = options
  const variables = Object.entries({ ...AGENT_ENV, BACKENDAI_KERNEL_ID: randomUUID(), ...env })
  return [
    '--network=host',
    '--stop-signal=SIGINT',
    '--workdir=/home/work',
    ...mounts.flatMap((mount) => ['--volume', mount]),
    ...['--volume', `${folders.work}:/home/work`, '--volume', `${folders.config}:/home/config:ro`],
    ...variables.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(options.options ?? []),
    '--entrypoint=/opt/kernel/entrypoint.sh',
    ...(options.image ? [options.image] : ['--rootfs', `${rootFolder(options.root ?? 'bookworm')}:O`]),
    ...['/opt/backend.ai/bin/python', '-s', '-m', 'ai.backend.kernel', runtime],
    ...(runtimePath ? [runtimePath] : []),
  ]
}

const TREE_MOUNTS = [`${TREE}/opt/backend.ai:/opt/backend.ai:ro`, `${TREE}/opt/kernel:/opt/kernel:ro`]

const AGENT_ENV = {
  LOCAL_USER_ID: `${USER}`,
  LOCAL_GROUP_ID: `${GROUP}`,
  ADDITIONAL_GIDS: '',
  LD_PRELOAD: '/opt/kernel/libbaihook.so',
  BACKENDAI_CLUSTER_SIZE: '1',
  BACKENDAI_CLUSTER_ROLE: 'main',
  BACKENDAI_CLUSTER_IDX: '1',
  BACKENDAI_CLUSTER_HOST: 'main1',
}

/** To the user of the container. */
export function giveAway(folder: string): void {
  chownSync(folder, USER, GROUP)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), USER, GROUP)
}
