import { signalGroup, terminateGroup } from '../process/group.ts'
import { describeOutcome } from '../process/outcome.ts'
import { descendantsOf } from '../process/procfs.ts'
import { type Child, type ProcessOptions, spawnChild } from '../process/spawn.ts'
import { LastOutput } from './last-output.ts'

/** How long a service may take to end by itself once it is told to, ms. */
const GRACE = 2000

/** A service that runs, whatever it is made of. */
export interface RunningService {
  /** Settles with what happened, in words, when it has ended; also when it was stopped. */
  readonly ended: Promise<string>
  /** Ends it, and all that it started. */
  stop(): Promise<void>
}

/** A service that is a process with a port of its own. */
export class ServiceProcess implements RunningService {
  readonly ended: Promise<string>
  private readonly child: Child
  private readonly output = new LastOutput()

  /** Throws SPAWN. */
  constructor(options: Pick<ProcessOptions, 'argv' | 'env' | 'cwd'>) {
    const keep = (chunk: Buffer) => this.output.add(chunk)
    this.child = spawnChild({ ...options, onStdout: keep, onStderr: keep })
    this.child.closeStdin()
    this.ended = this.watch()
  }

  async stop(): Promise<void> {
    const { pid, exited } = this.child
    // Who has left the group is not found any more once its parent is gone.
    const others = descendantsOf(pid).map((entry) => entry.pid)
    await terminateGroup(pid, exited, GRACE)
    for (const other of others) endProcess(other)
    await this.ended
  }

  private async watch(): Promise<string> {
    const { pid, exited, stdout, stderr } = this.child
    const outcome = await exited
    // What is left of the group would hold the port against a second start.
    signalGroup(pid, 'SIGKILL')
    for (const pump of [stdout, stderr]) {
      pump.drain()
      pump.destroy()
    }
    const last = this.output.text
    return `it ${describeOutcome(outcome)}${last ? `; the last it wrote:\n${last}` : ', and wrote nothing'}`
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended with its group.
  }
}
