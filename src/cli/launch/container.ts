/**
 * The container of a launch. Its standard input is a pipe of ours, and the runner in it ends with that pipe:
 * so it ends with us, however we end. The engine removes it then.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readableLog } from '../../client/log.ts'
import { readyLine } from '../../client/ready.ts'
import { KrunnerError } from '../../errors.ts'
import { mendOf } from '../../image/engine-mends.ts'
import type { LaunchPlan } from '../../image/launch/plan.ts'
import { makeScratch } from './scratch.ts'

export interface ContainerOptions {
  scratch: string
  hasWork: boolean
}

/** How long the container may take to end by itself before it is removed, in milliseconds. The runner's own limit is 3 s. */
const END_TIMEOUT = 5000
/** How much of what engine and runner write is kept, in characters. */
const LOG_TAIL = 64 * 1024

export class Container {
  readonly #plan: LaunchPlan
  readonly #engine: ChildProcess
  readonly #gone: Promise<void>
  readonly #ready: Promise<boolean>
  /** Takes what engine and runner log as it comes. */
  onLog: (text: string) => void = () => {}
  #log = ''
  #isStopping = false

  constructor(plan: LaunchPlan, { scratch, hasWork }: ContainerOptions) {
    makeScratch(scratch, plan.config, hasWork)
    const [program, ...args] = plan.argv
    // A session of its own: the engine would take the terminal's Ctrl-C, which is meant for the cell.
    this.#engine = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
    this.#plan = plan
    this.#gone = new Promise((resolve) => this.#engine.once('close', resolve).once('error', resolve))
    this.#engine.stdin?.on('error', () => {})
    this.#engine.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-LOG_TAIL)
      this.onLog(readableLog(text))
    })
    this.#ready = readyLine(this.#engine).then((line) => line !== undefined)
    this.#ready.catch(() => {})
  }

  /** Resolves when the runner in it serves. Throws LAUNCH where the container ends before that. */
  async ready(): Promise<void> {
    if (await this.#ready) return
    await this.#gone
    const why = `container ${this.#plan.name} ${this.#outcome}: ${this.#lastWords}`
    throw KrunnerError.of('LAUNCH', why, mendOf(this.#log))
  }

  /** Resolves when the container is gone, with why and the last that was written. */
  get lost(): Promise<KrunnerError> {
    const where = `in container ${this.#plan.name}`
    return this.#gone.then(() =>
      KrunnerError.of('RUNNER_ENDED', `${where} ${this.#outcome}`, this.#lastWords),
    )
  }

  get #outcome(): string {
    const { exitCode, signalCode } = this.#engine
    return signalCode ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`
  }

  get #lastWords(): string {
    return readableLog(this.#log).trim() || 'nothing'
  }

  /** Resolves when it is removed. */
  async stop(): Promise<void> {
    if (this.#isStopping) return this.#gone
    this.#isStopping = true
    this.#engine.stdin?.end()
    const timer = setTimeout(() => this.#remove(), END_TIMEOUT)
    await this.#gone
    clearTimeout(timer)
  }

  #remove(): void {
    const [program] = this.#plan.argv
    const removal = spawn(program, ['rm', '--force', this.#plan.name], { stdio: 'ignore', detached: true })
    removal
      .once('close', () => this.#engine.kill('SIGKILL'))
      .once('error', () => this.#engine.kill('SIGKILL'))
  }
}
