/** A runner of the test's own, whose every message is checked, and which must leave nothing behind. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Client } from '../../src/client/client.ts'
import { type RunnerOptions, type RunnerProcess, startRunner } from '../../src/client/runner.ts'
import { AgentSide, complaintOf, type Files, writeFiles } from './agent-side.ts'
import { ProtocolChecker } from './checker.ts'
import { isConnected } from './connections.ts'
import { descriptorsClosed, filesGone, portsFree, processesGone } from './leaks.ts'
import { descriptorsOf, type ProcessEntry, TAG, taggedProcesses } from './processes.ts'
import { until } from './until.ts'

export interface SessionOptions extends Omit<RunnerOptions, 'client'> {
  /** Files of the working folder, made before the runner starts. */
  files?: Files
  /** Service definitions by name. */
  definitions?: Readonly<Record<string, unknown>>
  /** Files of the configuration folder, likewise. */
  configFiles?: Files
  /** False: the test speaks to it while its language starts. Descriptors are not counted then. */
  untilReady?: boolean
  /** How many messages the agent takes from the network before they are read. */
  receiveHighWaterMark?: number
  /** True: the working folder is the user's home, as in an image. */
  isHome?: boolean
  /** True: the runner's own warnings may come while no step is open. */
  mayWarn?: boolean
}

/** For one test: ends with it, and fails it where something was left. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const session = await Session.start(options)
  onTestFinished(() => session.end())
  return session
}

export class Session extends AgentSide {
  readonly #tag: string
  readonly #scratch: string
  readonly #runner: RunnerProcess
  #descriptors = Number.POSITIVE_INFINITY
  #ended = false
  #isConnected = true

  private constructor(runner: RunnerProcess, checker: ProtocolChecker, scratch: string, tag: string) {
    super(runner.client, checker, join(scratch, 'work'))
    this.#runner = runner
    this.#scratch = scratch
    this.#tag = tag
  }

  static async start(options: SessionOptions): Promise<Session> {
    const scratch = mkdtempSync(join(tmpdir(), 'krunner-test-'))
    const tag = randomUUID()
    const folders = {
      work: join(scratch, 'work'),
      config: join(scratch, 'config'),
      spool: join(scratch, 'spool'),
      serviceDefinitions: join(scratch, 'definitions'),
    }
    for (const folder of Object.values(folders)) mkdirSync(folder)
    const temporary = join(scratch, 'tmp')
    mkdirSync(temporary)
    const home = options.isHome ? { HOME: folders.work } : {}
    const env = { ...(options.env ?? process.env), ...home, TMPDIR: temporary, [TAG]: tag }
    writeFiles(folders.work, options.files ?? {})
    writeFiles(folders.config, options.configFiles ?? {})
    for (const [name, content] of Object.entries(options.definitions ?? {}))
      writeFiles(folders.serviceDefinitions, {
        [`${name}.json`]: typeof content === 'string' ? content : JSON.stringify(content),
      })
    const checker = new ProtocolChecker()
    if (options.mayWarn) checker.allowIdle('stderr')
    const client = {
      onProblem: (error: Error) => checker.undecodable(error),
      ...(options.receiveHighWaterMark && { receiveHighWaterMark: options.receiveHighWaterMark }),
    }
    const runner = await startRunner({ ...folders, ...options, env, client })
    const session = new Session(runner, checker, scratch, tag)
    try {
      if (options.untilReady !== false) await session.#countDescriptors()
    } catch (error) {
      await runner.stop()
      throw error
    }
    return session
  }

  get runner(): RunnerProcess {
    return this.#runner
  }

  get pid(): number {
    const { pid } = this.#runner.process
    if (pid === undefined) throw new Error('the runner has no process')
    return pid
  }

  /** Live processes that the runner has started, of whatever descent, without itself. */
  get processes(): ProcessEntry[] {
    return taggedProcesses(this.#tag).filter(({ pid }) => pid !== this.pid)
  }

  /** The agent goes away, as at its own restart. Resolves when the runner knows. */
  async disconnect(): Promise<void> {
    this.connection.close()
    this.#isConnected = false
    const { portIn, portOut } = this.#runner
    await until('the runner has seen the agent go', () => !isConnected(portIn) && !isConnected(portOut))
  }

  async reconnect(): Promise<Client> {
    const { portIn, portOut } = this.#runner
    const onProblem = (error: Error) => this.checker.undecodable(error)
    this.connection = this.watch(await Client.connect({ portIn, portOut }, { onProblem }))
    this.#isConnected = true
    return this.connection
  }

  /** Ends the runner and looks whether it broke the protocol or left something. Throws with all of it. */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const { portIn, portOut, process: daemon } = this.#runner
    const isIdle = this.checker.openSteps === 0 && daemon.exitCode === null && daemon.signalCode === null
    if (isIdle && this.#isConnected) await this.#stopServices()
    const before = [isIdle && (await complaintOf(() => descriptorsClosed(this.pid, this.#descriptors)))]
    await this.#runner.stop()
    const after = [
      await complaintOf(() => this.checker.verify()),
      await complaintOf(() => processesGone(this.#tag)),
      await complaintOf(() => portsFree(portIn, portOut)),
      await complaintOf(() => filesGone(join(this.#scratch, 'tmp'))),
    ]
    rmSync(this.#scratch, { recursive: true, force: true })
    const complaints = [...before, ...after].filter(Boolean)
    if (complaints.length > 0)
      throw new Error(`${complaints.join('\n')}\nthe runner's log:\n${this.#runner.stderr}`)
  }

  async #stopServices(): Promise<void> {
    const running = async () => (await this.status()).services ?? []
    for (const { name } of await running()) await this.connection.stopService(name)
    await until('the services have ended', async () => (await running()).length === 0)
  }

  async #countDescriptors(): Promise<void> {
    await this.ready()
    this.#descriptors = descriptorsOf(this.pid).size
  }
}
