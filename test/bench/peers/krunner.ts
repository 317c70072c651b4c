import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { readyLine } from '../../../src/client/ready.ts'
import { descendantsOf } from '../../../src/process/procfs.ts'
import { ROOT } from '../build.ts'
import { endChild, startChild } from './child.ts'
import type { CellTime, Session } from './session.ts'
import { Wire } from './wire.ts'

const PROGRAM = join(ROOT, 'bin/krunner')

export interface Launch {
  /** The runner's own program. */
  program?: string | undefined
  runtime?: string | undefined
  /** The language's. */
  executable?: string | undefined
  /** What starts the runner's program. */
  behind?: readonly string[]
  /** Of `serve`, more. */
  options?: readonly string[]
}

/** A runner with its language. */
export class Krunner implements Session {
  readonly readyAfter: number
  /** Ready is told before anything slow, and the language started right then. */
  readonly languageStart: number
  private readonly child: ChildProcess
  private readonly wire: Wire

  private constructor(child: ChildProcess, wire: Wire, readyAfter: number, languageStart: number) {
    this.child = child
    this.wire = wire
    this.readyAfter = readyAfter
    this.languageStart = languageStart
  }

  /** `folder` is where it works and finds its configuration: an empty one. */
  static async start(
    folder: string,
    { program = PROGRAM, runtime = 'python', executable, behind = [], options = [] }: Launch,
  ): Promise<Krunner> {
    const started = performance.now()
    const ports = ['--port-in', '0', '--port-out', '0']
    const places = ['--work', folder, '--config', folder, '--spool', folder]
    const language = executable ? [executable] : []
    const [first, ...rest] = [...behind, program]
    const child = startChild(
      [first ?? program, ...rest, 'serve', ...ports, ...places, ...options, runtime, ...language],
      { stdin: 'ignore', stderr: 'ignore' },
    )
    const address = await readyLine(child)
    if (!address) throw new Error('the runner ended before it was ready')
    const languageStart = performance.now()
    const wire = new Wire(address)
    await wire.send('status', '')
    await wire.receiveUntil('status')
    return new Krunner(child, wire, performance.now() - started, languageStart)
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  run(cell: string): Promise<CellTime> {
    return this.step('code', cell)
  }

  languagePids(): number[] {
    return descendantsOf(this.pid).map((entry) => entry.pid)
  }

  /** One `exec` step. */
  exec(command: string): Promise<CellTime> {
    return this.step('exec', command)
  }

  /** The three batch steps back to back, ms. */
  async batch(command: string): Promise<number> {
    const started = performance.now()
    const steps = ['clean', 'build', 'exec']
    await Promise.all(steps.map((step) => this.wire.send(step, command)))
    await this.wire.receiveUntil('finished')
    return performance.now() - started
  }

  async stop(): Promise<void> {
    this.wire.close()
    await endChild(this.child)
  }

  private async step(type: string, payload: string): Promise<CellTime> {
    const started = performance.now()
    await this.wire.send(type, payload)
    const { bytes, payload: finished } = await this.wire.receiveUntil('finished')
    const milliseconds = performance.now() - started
    const { exitCode } = JSON.parse(finished.toString())
    if (exitCode !== 0) throw new Error(`${type} '${payload}' ended with exit code ${exitCode}`)
    return { milliseconds, bytes }
  }
}
