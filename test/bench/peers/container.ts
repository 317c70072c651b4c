/** A container with the runner in it, as an agent starts it; and one with the same image and nothing in it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readyLine } from '../../../src/client/ready.ts'
import { freePorts, makeFolders, runArguments } from '../../harness/agent-container.ts'
import { PODMAN, PODMAN_ENV, podman } from '../../toolchain/podman.ts'
import { rootFolder } from '../../toolchain/roots.ts'
import { Wire } from './wire.ts'

const ROOT = 'bookworm'

/** Removes a container that has ended or not. */
function remove(name: string): void {
  podman('rm', '--force', '--ignore', '--time', '0', name)
}

/** How long `podman run IMAGE true` takes, ms. */
export function runBare(): number {
  const name = `krunner-bench-${randomUUID()}`
  const [program, ...first] = PODMAN
  const args = [
    ...first,
    'run',
    '--name',
    name,
    '--network=host',
    '--rootfs',
    `${rootFolder(ROOT)}:O`,
    'true',
  ]
  const started = performance.now()
  execFileSync(program, args, { env: { ...process.env, ...PODMAN_ENV } })
  const taken = performance.now() - started
  remove(name)
  return taken
}

export class ContainerRunner {
  /** From `podman run` until a request was answered, ms. */
  readonly readyAfter: number
  private readonly name: string
  private readonly scratch: string
  private readonly wire: Wire
  private readonly process: ChildProcess

  private constructor(name: string, scratch: string, child: ChildProcess, wire: Wire, readyAfter: number) {
    this.name = name
    this.scratch = scratch
    this.process = child
    this.wire = wire
    this.readyAfter = readyAfter
  }

  /** `folder` is one to work in. */
  static async start(folder: string): Promise<ContainerRunner> {
    const scratch = mkdtempSync(join(folder, 'container-'))
    const ports = await freePorts()
    const folders = makeFolders(scratch, {}, ports)
    const name = `krunner-bench-${randomUUID()}`
    const [program, ...first] = PODMAN
    const agents = runArguments({ root: ROOT, runtime: 'python', runtimePath: '/usr/bin/python3' }, folders)
    const started = performance.now()
    const child = spawn(program, [...first, 'run', '--name', name, ...agents], {
      env: { ...process.env, ...PODMAN_ENV },
      stdio: ['ignore', 'pipe', 'ignore'],
      cwd: scratch,
    })
    const address = await readyLine(child)
    if (!address) throw new Error('the container ended before it was ready')
    const wire = new Wire(address)
    await wire.send('status', '')
    await wire.receiveUntil('status')
    return new ContainerRunner(name, scratch, child, wire, performance.now() - started)
  }

  /** Of process 1, as this machine numbers it. */
  get pid(): number {
    return Number(podman('inspect', '--format', '{{.State.Pid}}', this.name))
  }

  async run(cell: string): Promise<void> {
    await this.wire.send('code', cell)
    await this.wire.receiveUntil('finished')
  }

  async stop(): Promise<void> {
    this.wire.close()
    const ended = once(this.process, 'exit')
    remove(this.name)
    await ended
    rmSync(this.scratch, { recursive: true, force: true })
  }
}
