/** A container of a test's own: started as an agent starts it, and removed whatever happens. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { PODMAN, PODMAN_ENV, podman } from '../toolchain/podman.ts'
import { isAlive, type ProcessEntry, readProcess } from './processes.ts'
import { until } from './until.ts'

/** Whose container it is: the process id of the tests. */
const OWNER = 'krunner.test.owner'

/** What stands behind `podman run`: options, the image or `--rootfs FOLDER:O`, the command. */
export type RunArguments = readonly string[]

export class Container {
  readonly name = `krunner-test-${randomUUID()}`
  readonly #podman: ChildProcess
  readonly #ended: Promise<unknown>
  #log = ''
  #pid = 0

  private constructor(args: RunArguments, folder: string) {
    const [program, ...first] = PODMAN
    const named = ['--name', this.name, '--label', `${OWNER}=${process.pid}`, '--sig-proxy=false']
    this.#podman = spawn(program, [...first, 'run', ...named, ...args], {
      env: { ...process.env, ...PODMAN_ENV },
      // conmon writes a file there where the kernel kills for want of memory.
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      // The terminal's Ctrl-C is for the tests, which then remove it.
      detached: true,
    })
    this.#ended = once(this.#podman, 'close')
    for (const stream of [this.#podman.stdout, this.#podman.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text
      })
  }

  /** Resolves when it runs, or has run. `folder` is one that is removed after it. */
  static async start(args: RunArguments, folder: string): Promise<Container> {
    removeAbandoned()
    const container = new Container(args, folder)
    await until('the container runs', () => container.#hasEnded || container.#findPid())
    return container
  }

  /** All that it printed, and podman with it. */
  get log(): string {
    return this.#log
  }

  /** Of its process 1, as this machine numbers it. */
  get pid(): number {
    return this.#pid
  }

  /** All in it, the zombies too, by the process ids of this machine. */
  get processes(): ProcessEntry[] {
    const namespace = namespaceOf(this.#pid)
    return readdirSync('/proc')
      .filter(
        (name) => /^\d+$/.test(name) && namespace !== undefined && namespaceOf(Number(name)) === namespace,
      )
      .map((name) => readProcess(Number(name)))
      .filter((entry) => entry !== undefined)
  }

  get isRunning(): boolean {
    return !this.#hasEnded && isAlive(this.#pid)
  }

  /** As `docker stop`: the stop signal, and KILL after so many seconds. Gives the exit code. */
  async stop(seconds: number): Promise<number | null> {
    podman('stop', '--time', String(seconds), this.name)
    return this.exitCode()
  }

  /** Resolves once it has ended; `podman run` takes its code over. */
  async exitCode(): Promise<number | null> {
    await this.#ended
    return this.#podman.exitCode
  }

  /** A command inside, as root; gives what it printed. */
  run(...command: string[]): string {
    return podman('exec', this.name, ...command)
  }

  async remove(): Promise<void> {
    podman('rm', '--force', '--ignore', '--time', '0', this.name)
    await this.#ended
  }

  get #hasEnded(): boolean {
    return this.#podman.exitCode !== null || this.#podman.signalCode !== null
  }

  /** conmon is told the name, and its child is process 1. */
  #findPid(): boolean {
    if (this.#pid === 0) this.#pid = pidOf(this.name)
    return this.#pid !== 0
  }
}

function pidOf(name: string): number {
  try {
    return Number(podman('inspect', '--format', '{{.State.Pid}}', name))
  } catch {
    return 0
  }
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return undefined
  }
}

let hasLooked = false

/** What tests left that were killed themselves. */
function removeAbandoned(): void {
  if (hasLooked) return
  hasLooked = true
  const list = podman(
    'ps',
    '--all',
    '--filter',
    `label=${OWNER}`,
    '--format',
    `{{.ID}} {{index .Labels "${OWNER}"}}`,
  )
  for (const line of list.split('\n').filter(Boolean)) {
    const [id = '', owner] = line.split(' ')
    if (!isAlive(Number(owner))) podman('rm', '--force', '--ignore', '--time', '0', id)
  }
}
