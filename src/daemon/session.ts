import { mkdtempSync, rmSync, statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { KrunnerError, messageOf } from '../errors.ts'
import { terminateDescendants } from '../process/group.ts'
import { adoptOrphans } from '../process/reaper.ts'
import { temporaryFolder } from '../process/temporary.ts'
import { type FoundRuntime, findRuntime } from '../runtime/registry.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { ReceivingServer } from '../zmtp/receiving-server.ts'
import { BatchMode } from './batch-mode.ts'
import { runBootstrapScript } from './bootstrap-script.ts'
import type { Config } from './config.ts'
import { Dispatcher } from './dispatcher.ts'
import { writeDotfiles } from './dotfiles.ts'
import { driverFactory } from './driver-factory.ts'
import type { Host } from './host.ts'
import { type HostPlace, type HostSetup, setUpHost } from './host-setup.ts'
import { openJail } from './jail-mode.ts'
import type { LinuxConsole } from './linux-console.ts'
import { createLogger, type Logger } from './logger.ts'
import { QueryMode } from './query-mode.ts'
import { connectSending, type Sending } from './sending.ts'
import { ServiceHost } from './service-host.ts'
import { TaskLog } from './task-log.ts'
import { TaskQueue } from './task-queue.ts'

/** A command's frame may be this large, in bytes; a larger one ends the connection. */
const COMMAND_LIMIT = 256 * 1024 * 1024
/** How long what is left to send may take at the end, ms. */
const FLUSH_TIME = 1000
/** How long the processes may take to end by themselves, ms. */
const TERMINATE_GRACE = 1200

/** How long a language that starts slowly holds up what every session has, and how long its first cells do; ms. */
const LONGEST_START = 2000
const FIRST_CELLS = 300

/** One runner, from its sockets to its end. */
export class Session {
  readonly runtime: string
  readonly log: Logger
  portIn = 0
  portOut = 0
  private readonly config: Config
  private readonly sending: Sending
  private readonly host: Host
  private readonly queue = new TaskQueue()
  private readonly taskLog: TaskLog
  private readonly query: QueryMode
  private readonly services: ServiceHost
  private readonly makeConsole: (() => Promise<LinuxConsole>) | undefined
  private console: LinuxConsole | undefined
  private readonly dispatcher: Dispatcher
  private readonly scratch: string
  private pull: ReceivingServer | undefined

  private constructor(
    config: Config,
    { runtime, folder }: FoundRuntime,
    sending: Sending,
    log: Logger,
    place: HostPlace,
  ) {
    this.config = config
    this.runtime = runtime.name
    this.sending = sending
    this.log = log
    this.scratch = place.scratch
    const setup = setUpHost(config, { runtime, folder }, sending, log, place)
    this.host = setup.host
    this.taskLog = new TaskLog(config.work, setup.host.context.env.BACKENDAI_KERNEL_ID, log)
    const batch = new BatchMode(runtime, setup.host, this.taskLog)
    this.query = queryMode({ runtime, folder }, setup, sending)
    this.services = new ServiceHost(async () => {
      const { setUpServices } = await import('./service-setup.ts')
      return setUpServices(runtime, setup.host, sending.outbox, {
        folder: config.serviceDefinitions,
        host: config.listen,
        ownPorts: () => [this.portIn, this.portOut, ...this.terminalPorts],
      })
    })
    this.makeConsole = consoleOf(runtime, setup, log)
    this.dispatcher = new Dispatcher({
      host: setup.host,
      outbox: sending.outbox,
      queue: this.queue,
      batch,
      query: this.query,
      services: this.services,
      console: () => this.console,
      runtime: runtime.name,
    })
    this.queue.push(() => this.prepare(setup.missing))
  }

  /** Binds both sockets; commands are queued and `status` is answered from then on. Where it can't, nothing is left. */
  static async open(config: Config): Promise<Session> {
    const found = await findRuntime(config.runtime)
    adoptOrphans()
    const sending = connectSending({ folder: config.spool, limit: config.spoolLimit }, (message) =>
      log.warn(message),
    )
    const log = await createLogger(config.debug, (level, message) =>
      sending.outbox.stream('stderr', Buffer.from(`krunner: ${level}: ${message}\n`)),
    )
    const place = await preparePlace(config, found.runtime.name, sending, log)
    const session = new Session(config, found, sending, log, place)
    try {
      await session.bind()
    } catch (error) {
      await session.close()
      throw error
    }
    return session
  }

  /** Ends all that was started and sends what is left, within 3 s. */
  async close(): Promise<void> {
    const { outbox, push } = this.sending
    this.queue.clear()
    this.pull?.close()
    this.console?.close()
    this.services.abandon()
    const { jail } = this.host
    await terminateDescendants(TERMINATE_GRACE, jail?.supervisorPid)
    jail?.close()
    for (let waited = 0; waited < FLUSH_TIME && !(outbox.isEmpty && push.settled); waited += 10)
      await delay(10)
    push.close()
    outbox.close()
    this.host.input.close()
    this.host.watch.stop()
    this.taskLog.close()
    rmSync(this.scratch, { recursive: true, force: true })
  }

  /** Of the console, where the runtime has one: for keys, for the screen. */
  get terminalPorts(): number[] {
    const ports = this.console?.ports
    return ports ? [ports.keys, ports.screen] : []
  }

  /** User code that is jailed may not speak as an agent does. */
  private get admits(): ((socket: Socket) => boolean) | undefined {
    return this.host.jail?.admits
  }

  private async bind(): Promise<void> {
    const { listen: host, portIn, portOut } = this.config
    const { admits } = this
    this.portOut = await this.sending.push.bind({ host, port: portOut, option: '--port-out', admits })
    this.pull = await ReceivingServer.bind(
      'PULL',
      { host, port: portIn, option: '--port-in', admits },
      COMMAND_LIMIT,
      (frames) => this.dispatcher.receive(frames),
      (error) => this.log.warn(error.message),
    )
    this.portIn = this.pull.port
    await this.openConsole()
  }

  /** Behind the language, and what is first asked of it: to load and start them takes what a dozen cells take. */
  private async startIntrinsicServices(languageIsUp: Promise<void> | undefined): Promise<void> {
    const { portTtyd, portSshd } = this.config
    if (portTtyd === undefined && portSshd === undefined) return
    await Promise.race([languageIsUp, delay(LONGEST_START)])
    await delay(FIRST_CELLS)
    const { startIntrinsicServices } = await import('./intrinsic-services.ts')
    startIntrinsicServices(await this.services.setUp(), this.host, this.config)
  }

  /** Without it the session goes on. */
  private async openConsole(): Promise<void> {
    const { listen: host, portTerminalIn, portTerminalOut } = this.config
    try {
      this.console = await this.makeConsole?.()
      const { admits } = this
      await this.console?.open(
        { host, port: portTerminalIn, option: '--port-terminal-in', admits },
        { host, port: portTerminalOut, option: '--port-terminal-out', admits },
      )
    } catch (error) {
      this.log.warn(`the console is not there: ${messageOf(error)}`)
    }
  }

  /** What comes before the first command: the user's script, then the language. */
  private async prepare(missing: string | undefined): Promise<void> {
    const trouble = folderTrouble(this.config.work)
    if (trouble) this.log.error(trouble)
    if (missing) this.log.error(missing)
    if (trouble) return
    writeDotfiles(this.config.config, this.config.work, this.log)
    if (this.config.bootstrap) await runBootstrapScript(this.config.work, this.host.context.env, this.log)
    const isUp = this.query.state === 'none' ? undefined : this.query.warmUp()
    void this.startIntrinsicServices(isUp)
  }
}

/** Before anything of the user's runs. Leaves nothing where it throws. */
async function preparePlace(
  config: Config,
  runtime: string,
  { outbox, push }: Sending,
  log: Logger,
): Promise<HostPlace> {
  const scratch = mkdtempSync(join(temporaryFolder(), 'krunner-'))
  try {
    return { scratch, jailed: await openJail(config, { runtime, scratch }, outbox, log) }
  } catch (error) {
    push.close()
    outbox.close()
    rmSync(scratch, { recursive: true, force: true })
    throw error
  }
}

function queryMode({ runtime }: FoundRuntime, { host, missing }: HostSetup, { outbox }: Sending): QueryMode {
  const none = `the runtime ${runtime.name} has no query mode: run batch commands`
  return new QueryMode(host, missing ? undefined : driverFactory(runtime, host, outbox), missing ?? none)
}

function consoleOf(
  runtime: Runtime,
  { host, missing }: HostSetup,
  log: Logger,
): (() => Promise<LinuxConsole>) | undefined {
  const command = missing ? undefined : runtime.console?.(host.context)
  if (!command) return undefined
  const env = { ...host.context.env, ...command.env }
  return async () => {
    const { LinuxConsole } = await import('./linux-console.ts')
    return new LinuxConsole({ argv: command.argv, env, cwd: host.work }, log)
  }
}

function folderTrouble(work: string): string | undefined {
  const mend = 'so no code can run; give a folder with --work'
  try {
    if (statSync(work).isDirectory()) return undefined
    return KrunnerError.of('BAD_FOLDER', 'the working folder', work, `is not a folder, ${mend}`).message
  } catch (error) {
    return KrunnerError.of(
      'BAD_FOLDER',
      'the working folder',
      work,
      `cannot be used, ${mend}: ${messageOf(error)}`,
    ).message
  }
}
