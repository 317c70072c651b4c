/** A runner in a container, with all that an agent mounts and says: entrypoint, command line, environment, signal. */
import { randomUUID } from 'node:crypto'
import { chownSync, lchownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Client } from '../../src/client/client.ts'
import { podmanThere } from '../toolchain/podman.ts'
import type { Requirement } from '../toolchain/requirement.ts'
import { programThere } from '../toolchain/requirement.ts'
import { type RootName, rootFolder, rootThere } from '../toolchain/roots.ts'
import { PROJECT } from '../unit/source-files.ts'
import { AgentSide, complaintOf, type Files, writeFiles } from './agent-side.ts'
import { ProtocolChecker } from './checker.ts'
import { Container } from './container.ts'
import { freePort, listeningAddresses } from './ports.ts'
import type { ProcessEntry } from './processes.ts'
import { until } from './until.ts'

export const TREE = join(PROJECT, 'dist/krunner-linux-x64')

/** The user of the host for whom the container is; no image knows these numbers. */
export const USER = 54_321
export const GROUP = 54_322
/** `docker stop` must have ended within this, in seconds. */
export const STOP_TIME = 3

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

export function containerNeeds(...roots: RootName[]): Requirement[] {
  return [...podmanThere(), programThere(join(TREE, 'opt/kernel/entrypoint.sh')), ...roots.map(rootThere)]
}

/** For one test: removed after it. */
export async function openContainer(options: ContainerOptions): Promise<ContainerSession> {
  const session = await ContainerSession.start(options)
  onTestFinished(() => session.end())
  return session
}

interface Ports {
  replin: number
  replout: number
  sshd: number
  ttyd: number
}

export class ContainerSession extends AgentSide {
  readonly container: Container
  readonly ports: Ports
  readonly #scratch: string
  #ended = false

  private constructor(
    container: Container,
    client: Client,
    ports: Ports,
    checker: ProtocolChecker,
    scratch: string,
  ) {
    super(client, checker, join(scratch, 'work'))
    this.container = container
    this.ports = ports
    this.#scratch = scratch
  }

  /** Resolves when the daemon has answered. */
  static async start(options: ContainerOptions): Promise<ContainerSession> {
    const scratch = mkdtempSync(join(tmpdir(), 'krunner-test-'))
    const ports = await freePorts()
    const folders = { work: join(scratch, 'work'), config: join(scratch, 'config') }
    for (const folder of Object.values(folders)) mkdirSync(folder)
    writeFiles(folders.config, { 'intrinsic-ports.json': JSON.stringify(ports), ...options.configFiles })
    writeFiles(folders.work, options.files ?? {})
    giveAway(scratch)
    const checker = new ProtocolChecker()
    if (options.mayWarn) checker.allowIdle('stderr')
    const onProblem = (error: Error) => checker.undecodable(error)
    const container = await Container.start(runArguments(options, folders), scratch)
    const client = await Client.connect({ portIn: ports.replin, portOut: ports.replout }, { onProblem })
    const session = new ContainerSession(container, client, ports, checker, scratch)
    try {
      await session.#answers()
    } catch (error) {
      checker.abandonSteps()
      await session.#remove()
      throw new Error(`the container printed:\n${container.log}`, { cause: error })
    }
    return session
  }

  /** The daemon's, as this machine numbers it. */
  get pid(): number {
    const daemon = this.processes.find(({ command }) => command.includes('ai.backend.kernel'))
    if (!daemon) throw new Error('there is no daemon')
    return daemon.pid
  }

  get processes(): ProcessEntry[] {
    return this.container.processes
  }

  get zombies(): ProcessEntry[] {
    return this.processes.filter(({ state }) => state === 'Z')
  }

  /** Until somebody listens there: the network is this machine's. */
  async serves(port: number): Promise<void> {
    await until(`port ${port} serves`, () => listeningAddresses(port).length > 0).catch((error: Error) => {
      throw new Error(`${error.message}; the container printed:\n${this.container.log}`)
    })
  }

  /** Until there is no such process any more. */
  async ended(isMeant: (entry: ProcessEntry) => boolean): Promise<void> {
    await until('it has ended', () => !this.processes.some(isMeant))
  }

  /** What the test writes is the user's. */
  override write(files: Files): void {
    super.write(files)
    giveAway(this.folder)
  }

  /** Stops it as an agent does, and looks whether it broke the protocol. Throws with all of it. */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const complaints = [
      this.container.isRunning && this.checker.openSteps === 0 && (await complaintOf(() => this.#stops())),
      await complaintOf(() => this.checker.verify()),
    ].filter(Boolean)
    await this.#remove()
    if (complaints.length > 0)
      throw new Error(`${complaints.join('\n')}\nthe container printed:\n${this.container.log}`)
  }

  async #stops(): Promise<void> {
    await until('no zombie is left', () => this.zombies.length === 0)
    const exitCode = await this.container.stop(STOP_TIME)
    if (exitCode !== 0) throw new Error(`stopped, it ended with ${exitCode}`)
  }

  async #answers(): Promise<void> {
    const ended = this.container.exitCode().then((code) => {
      throw new Error(`the container ended with ${code}`)
    })
    await Promise.race([this.ready(), ended])
    ended.catch(() => {})
  }

  async #remove(): Promise<void> {
    this.connection.close()
    await this.container.remove()
    rmSync(this.#scratch, { recursive: true, force: true })
  }
}

async function freePorts(): Promise<Ports> {
  const [replin, replout, sshd, ttyd] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  return { replin, replout, sshd, ttyd }
}

function runArguments(options: ContainerOptions, folders: { work: string; config: string }): string[] {
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

function giveAway(folder: string): void {
  chownSync(folder, USER, GROUP)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), USER, GROUP)
}
