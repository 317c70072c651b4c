/** A runner of one's own: `krunner serve` on free ports, and a client that is connected to it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { KrunnerError } from '../errors.ts'
import { Client, type ClientOptions } from './client.ts'
import { readableLog } from './log.ts'
import { readyLine } from './ready.ts'

export interface RunnerOptions {
  runtime: string
  /** The language's executable, where the one found in PATH is not meant. */
  runtimePath?: string
  /** The working folder; default: this process's. */
  work?: string
  config?: string
  spool?: string
  /** As the command line takes it, such as `64M`. */
  spoolLimit?: string
  /** True: the terminal and the ssh server of every session are started too. */
  intrinsicServices?: boolean
  /** False: a `bootstrap.sh` in the working folder is not run. */
  bootstrap?: boolean
  debug?: boolean
  /** Whole environment; default: this process's. */
  env?: NodeJS.ProcessEnv
  /** The program and its first arguments; default: the `bin/krunner` of this package. */
  program?: readonly [string, ...string[]]
  /** Where service definitions are; default: the image's. */
  serviceDefinitions?: string
  /** More arguments for `serve`. */
  args?: readonly string[]
  /** Where the runner's log goes besides `stderr`. */
  onStderr?: (text: string) => void
  client?: ClientOptions
}

/** How long a runner may take to end by itself before it is killed, in milliseconds. Its own limit is 3 s. */
const STOP_TIMEOUT = 5000
/** How much of the runner's log is kept, in characters. */
const LOG_TAIL = 256 * 1024

/** Resolves when both sockets are bound; rejects with what the runner wrote where it ends before that. */
export async function startRunner(options: RunnerOptions): Promise<RunnerProcess> {
  const [program, ...first] = options.program ?? [ownProgram()]
  const child = spawn(program, [...first, ...serveArguments(options)], {
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own: the terminal's Ctrl-C would otherwise stop the runner, and not its cell.
    detached: true,
  })
  const runner = new RunnerProcess(child, options.onStderr)
  try {
    await runner.connect(options.client ?? {})
  } catch (error) {
    await runner.stop()
    throw error
  }
  return runner
}

export class RunnerProcess {
  readonly process: ChildProcess
  /** Resolves when the process is gone, with how it ended and the last that it wrote. */
  readonly exited: Promise<KrunnerError>
  readonly #killAtExit = () => void this.process.kill('SIGTERM')
  #client: Client | undefined
  #ports = { in: 0, out: 0 }
  #stderr = ''

  constructor(child: ChildProcess, onStderr?: (text: string) => void) {
    this.process = child
    const gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve))
    this.exited = gone.then(() => this.#ended())
    process.once('exit', this.#killAtExit)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-LOG_TAIL)
      onStderr?.(text)
    })
  }

  #ended(): KrunnerError {
    process.off('exit', this.#killAtExit)
    const { signalCode, exitCode } = this.process
    const outcome = signalCode ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`
    const error = KrunnerError.of('RUNNER_ENDED', outcome, readableLog(this.#stderr).trim())
    this.#client?.close(error)
    return error
  }

  /** Connected since `startRunner` resolved. */
  get client(): Client {
    if (!this.#client) throw KrunnerError.of('CLIENT_CLOSED')
    return this.#client
  }

  get portIn(): number {
    return this.#ports.in
  }

  get portOut(): number {
    return this.#ports.out
  }

  /** The end of the runner's own log. */
  get stderr(): string {
    return this.#stderr
  }

  async connect(options: ClientOptions): Promise<void> {
    const ready = await readyLine(this.process)
    if (!ready) throw await this.exited
    this.#ports = { in: ready.portIn, out: ready.portOut }
    this.#client = await Client.connect(ready, options)
  }

  /** TERM, a bounded wait, KILL. Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#client?.close()
    this.process.kill('SIGTERM')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT)
    await this.exited
    clearTimeout(timer)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}

function serveArguments(options: RunnerOptions): string[] {
  const flags: [string, string | undefined][] = [
    ['--port-in', '0'],
    ['--port-out', '0'],
    ['--work', options.work],
    ['--config', options.config],
    ['--spool', options.spool],
    ['--spool-limit', options.spoolLimit],
    ['--service-definitions', options.serviceDefinitions],
  ]
  const named = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))
  const switches = [
    ...(options.intrinsicServices ? [] : ['--no-intrinsic-services']),
    ...(options.bootstrap === false ? ['--no-bootstrap'] : []),
    ...(options.debug ? ['--debug'] : []),
  ]
  const places = [options.runtime, ...(options.runtimePath === undefined ? [] : [options.runtimePath])]
  return ['serve', ...named, ...switches, ...(options.args ?? []), '--', ...places]
}

/** `bin/krunner` stands one folder above `dist/`, and two above `src/client/`. */
function ownProgram(): string {
  const places = ['../bin/krunner', '../../bin/krunner']
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? 'krunner'
}
