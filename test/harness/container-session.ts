/** A runner in a container, whose every message is checked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Client } from '../../src/client/client.ts'
import { inPath, programThere, type Requirement, rootUser } from '../toolchain/requirement.ts'
import { type RootName, rootThere } from '../toolchain/roots.ts'
import {
  type ContainerOptions,
  freePorts,
  giveAway,
  makeFolders,
  type Ports,
  runArguments,
  TREE,
} from './agent-container.ts'
import { AgentSide, complaintOf, type Files } from './agent-side.ts'
import { ProtocolChecker } from './checker.ts'
import { Container } from './container.ts'
import { listeningAddresses } from './ports.ts'
import type { ProcessEntry } from './processes.ts'
import { until } from './until.ts'

/** `docker stop` must have ended within this, in seconds. */
const STOP_TIME = 3

export function containerNeeds(...roots: RootName[]): Requirement[] {
  return [
    rootUser(),
    inPath('podman'),
    inPath('runc'),
    programThere(join(TREE, 'opt/kernel/entrypoint.sh')),
    ...roots.map(rootThere),
  ]
}

/** For one test: removed after it. */
export async function openContainer(options: ContainerOptions): Promise<ContainerSession> {
  const session = await ContainerSession.start(options)
  onTestFinished(() => session.end())
  return session
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
    const folders = makeFolders(scratch, options, ports)
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

  /** As an agent stops it: what has not ended in time is killed, and the code tells. */
  stop(): Promise<number | null> {
    return this.container.stop(STOP_TIME)
  }

  async #stops(): Promise<void> {
    await until('no zombie is left', () => this.zombies.length === 0).catch((error: Error) => {
      const left = this.processes.map((entry) => JSON.stringify(entry))
      throw new Error(`${error.message}:\n${left.join('\n')}`)
    })
    const exitCode = await this.stop()
    if (exitCode !== 0) throw new Error(`stopped, it ended with ${exitCode}`)
  }

  async #answers(): Promise<void> {
    const ended = this.container.exitCode().then((code) => {
      throw new Error(`the container ended with ${code}`)
    })
    await Promise.race([this.status(), ended])
    ended.catch(() => {})
  }

  async #remove(): Promise<void> {
    this.connection.close()
    await this.container.remove()
    rmSync(this.#scratch, { recursive: true, force: true })
  }
}
