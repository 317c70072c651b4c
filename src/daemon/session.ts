import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { KrunnerError, messageOf } from '../errors.ts'
import { UserInput } from '../input/user-input.ts'
import { terminateDescendants } from '../process/group.ts'
import { adoptOrphans } from '../process/reaper.ts'
import { which } from '../process/which.ts'
import { findExecutable } from '../runtime/executable.ts'
import { type FoundRuntime, findRuntime } from '../runtime/registry.ts'
import type { RuntimeContext } from '../runtime/runtime.ts'
import { DIST } from '../tree.ts'
import { PullServer } from '../zmtp/pull-server.ts'
import { PushServer } from '../zmtp/push-server.ts'
import { Backlog } from './backlog.ts'
import { BatchMode } from './batch-mode.ts'
import { runBootstrapScript } from './bootstrap-script.ts'
import { type Config, readEnvironFile } from './config.ts'
import { Dispatcher } from './dispatcher.ts'
import { driverFactory } from './driver-factory.ts'
import { userEnvironment } from './environment.ts'
import { Gate } from './gate.ts'
import type { Host } from './host.ts'
import { createLogger, type Logger } from './logger.ts'
import { Outbox } from './outbox.ts'
import { ProcessWatch } from './process-watch.ts'
import { QueryMode } from './query-mode.ts'
import { Spool } from './spool.ts'
import { StepOutput } from './step-output.ts'
import { TaskLog } from './task-log.ts'
import { TaskQueue } from './task-queue.ts'

/** A command's frame may be this large, in bytes; a larger one ends the connection. */
const COMMAND_LIMIT = 256 * 1024 * 1024
/** How long what is left to send may take at the end, ms. */
const FLUSH_TIME = 1000
/** How long the processes may take to end by themselves, ms. */
const TERMINATE_GRACE = 1200

/** One runner, from its sockets to its end. */
export class Session {
  readonly runtime: string
  readonly portIn: number
  readonly portOut: number
  private readonly parts: SessionParts

  private constructor(runtime: string, portIn: number, portOut: number, parts: SessionParts) {
    this.runtime = runtime
    this.portIn = portIn
    this.portOut = portOut
    this.parts = parts
  }

  /** Binds both sockets; commands are queued and `status` is answered from then on. */
  static async open(config: Config): Promise<Session> {
    const found = await findRuntime(config.runtime)
    adoptOrphans()
    const parts = await assemble(config, found)
    parts.queue.push(() => parts.prepare())
    const portOut = await parts.push.bind({ host: config.listen, port: config.portOut, option: '--port-out' })
    const pull = await PullServer.bind(
      { host: config.listen, port: config.portIn, option: '--port-in' },
      COMMAND_LIMIT,
      (frames) => parts.dispatcher.receive(frames),
      (error) => parts.host.log.warn(error.message),
    )
    parts.pull = pull
    return new Session(found.runtime.name, pull.port, portOut, parts)
  }

  get log(): Logger {
    return this.parts.host.log
  }

  /** Ends all that was started and sends what is left, within 3 s. */
  async close(): Promise<void> {
    const { queue, pull, push, outbox, host, taskLog, scratch } = this.parts
    queue.clear()
    pull?.close()
    await terminateDescendants(TERMINATE_GRACE)
    for (let waited = 0; waited < FLUSH_TIME && !(outbox.isEmpty && push.settled); waited += 10)
      await delay(10)
    push.close()
    outbox.close()
    host.input.close()
    host.watch.stop()
    taskLog.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface SessionParts {
  host: Host
  queue: TaskQueue
  outbox: Outbox
  push: PushServer
  pull?: PullServer
  dispatcher: Dispatcher
  taskLog: TaskLog
  scratch: string
  /** What comes before the first command: the user's script, then the language. */
  prepare(): Promise<void>
}

async function assemble(config: Config, { runtime, folder }: FoundRuntime): Promise<SessionParts> {
  const { env: fromFile, ignored } = readEnvironFile(config.config)
  Object.assign(process.env, fromFile)
  const gate = new Gate()
  const push: PushServer = new PushServer({
    onReady: () => outbox.pump(),
    onUnsent: (messages) => outbox.takeBack(messages),
    onProtocolError: (error) => log.warn(error.message),
  })
  const backlog = new Backlog(new Spool(config.spool, config.spoolLimit), {
    onRefill: () => outbox.pump(),
    onFreeze: () => outbox.freeze(),
    onPressure: (high) => (high ? gate.close() : gate.open()),
    onRefusal: (why) =>
      log.warn(`the spool in '${config.spool}' takes no more output, so the job is slowed down: ${why}`),
  })
  const outbox: Outbox = new Outbox(push, backlog)
  const log = await createLogger(config.debug, (level, message) =>
    outbox.stream('stderr', Buffer.from(`krunner: ${level}: ${message}\n`)),
  )
  for (const line of ignored) log.warn(`environ.txt: '${line}' is no KEY=VALUE line, and was ignored`)
  const scratch = mkdtempSync(join(tmpdir(), 'krunner-'))
  const env = userEnvironment(process.env, fromFile, config.work)
  const executable = findExecutable(runtime, config.runtimePath, env.PATH)
  const context: RuntimeContext = {
    executable: executable.path,
    folder,
    scratch,
    env,
    which: (program) => which(program, env.PATH),
  }
  for (const [key, value] of Object.entries(runtime.environment?.(context) ?? {})) env[key] ??= value
  const hook = join(DIST, 'native', 'libkrunner-input.so')
  const input = new UserInput({
    hook: existsSync(hook) ? hook : undefined,
    onQuestion(isPassword) {
      gate.drain()
      outbox.send({ type: 'waiting-input', isPassword })
    },
    log,
  })
  const host: Host = {
    context,
    work: config.work,
    output: new StepOutput(outbox),
    input,
    gate,
    watch: new ProcessWatch(),
    log,
  }
  const taskLog = new TaskLog(config.work, env.BACKENDAI_KERNEL_ID, log)
  const queue = new TaskQueue()
  const batch = new BatchMode(runtime, host, taskLog)
  const missing =
    executable.missing &&
    KrunnerError.of('NO_EXECUTABLE', runtime.title, executable.missing, 'give the right path as RUNTIME-PATH')
      .message
  const query = new QueryMode(
    host,
    missing ? undefined : driverFactory(runtime, host, outbox),
    missing ?? `the runtime ${runtime.name} has no query mode: run batch commands`,
  )
  return {
    host,
    queue,
    outbox,
    push,
    dispatcher: new Dispatcher({ host, outbox, queue, batch, query, runtime: runtime.name }),
    taskLog,
    scratch,
    async prepare() {
      const trouble = workFolderTrouble(config.work)
      if (trouble) log.error(trouble)
      if (missing) log.error(missing)
      if (config.bootstrap && !trouble) await runBootstrapScript(config.work, env, log)
      if (query.state !== 'none' && !trouble) query.warmUp()
    },
  }
}

function workFolderTrouble(work: string): string | undefined {
  const mend = 'and no code can run; give a folder with --work'
  try {
    if (statSync(work).isDirectory()) return undefined
    return KrunnerError.of('BAD_FOLDER', 'the working folder', work, `is not a folder, ${mend}`).message
  } catch (error) {
    return KrunnerError.because(
      error,
      'BAD_FOLDER',
      'the working folder',
      work,
      `cannot be used (${messageOf(error)}), ${mend}`,
    ).message
  }
}
