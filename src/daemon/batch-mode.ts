import { messageOf } from '../errors.ts'
import { signalGroup } from '../process/group.ts'
import { describeOutcome, type Outcome } from '../process/outcome.ts'
import type { ChunkSink } from '../process/pump.ts'
import { type Child, spawnChild } from '../process/spawn.ts'
import type { BatchStep } from '../protocol/commands.ts'
import type { StreamName } from '../protocol/results.ts'
import type { CommandLine, Plan, Runtime } from '../runtime/runtime.ts'
import { batchPlan } from './batch-plan.ts'
import { gateChild, type Host } from './host.ts'
import { Interruption } from './interruption.ts'
import type { TaskLog } from './task-log.ts'

/** As a shell says it of a command that it can't find. */
const CANNOT_RUN = 127

/** Runs the three batch steps, each in a process group of its own. */
export class BatchMode {
  private readonly runtime: Runtime
  private readonly host: Host
  private readonly taskLog: TaskLog
  private child: Child | undefined
  private interruption = new Interruption()
  /** Of the last `build`, until the `exec` that follows it. */
  private buildFailed = false

  constructor(runtime: Runtime, host: Host, taskLog: TaskLog) {
    this.runtime = runtime
    this.host = host
    this.taskLog = taskLog
  }

  /** Settles with the exit code; never throws. */
  async run(step: BatchStep, command: string): Promise<number> {
    this.interruption = new Interruption()
    if (step === 'exec' && this.buildFailed) {
      this.buildFailed = false
      return this.refuse('exec was skipped: the build before it failed')
    }
    const exitCode = await this.runPlan(this.plan(step, command))
    if (step !== 'exec') this.buildFailed = step === 'build' && exitCode !== 0
    return exitCode
  }

  /** SIGINT to the running process group, or KILL where it was asked long ago. */
  interrupt(): void {
    const asks = this.interruption.isRequest()
    this.host.input.interrupted()
    if (this.child) signalGroup(this.child.pid, asks ? 'SIGINT' : 'SIGKILL')
  }

  private plan(step: BatchStep, command: string): Plan {
    try {
      return batchPlan(step, command, this.runtime, this.host.context, this.host.work)
    } catch (error) {
      return { impossible: `${step}: ${messageOf(error)}` }
    }
  }

  private async runPlan(plan: Plan): Promise<number> {
    if ('impossible' in plan) return this.refuse(plan.impossible)
    for (const line of plan.commands) {
      const exitCode = await this.runCommand(line)
      if (exitCode !== 0) return exitCode
      if (this.interruption.happened) return this.refuse('interrupted', 130)
    }
    return 0
  }

  private async runCommand(line: CommandLine): Promise<number> {
    let child: Child
    try {
      child = this.spawn(line)
    } catch (error) {
      return this.refuse(messageOf(error))
    }
    this.child = child
    gateChild(this.host.gate, child)
    this.host.input.stepStarted({ leaderPid: child.pid, stdinFd: child.stdin, pipeInode: child.stdinInode })
    const outcome = await child.exited
    this.child = undefined
    // The leader's exit and what is in the pipes end the step; whoever still holds them goes on being read.
    child.stdout.drain()
    child.stderr.drain()
    this.host.input.stepEnded()
    child.closeStdin()
    this.explain(line, outcome)
    return outcome.exitCode
  }

  private spawn(line: CommandLine): Child {
    const { context, input, work } = this.host
    const env: Record<string, string> = { ...context.env, _BACKEND_BATCH_MODE: '1', ...line.env }
    return spawnChild({
      argv: line.argv,
      env,
      stdinEnv: (inode) => input.environment(inode, env),
      cwd: work,
      onStdout: this.sink('stdout'),
      onStderr: this.sink('stderr'),
    })
  }

  private sink(stream: StreamName): ChunkSink {
    const forward = this.host.output.sink(stream)
    return (chunk) => {
      this.taskLog.write(chunk)
      this.host.input.outputSeen()
      forward(chunk)
    }
  }

  private explain(line: CommandLine, outcome: Outcome): void {
    const oom = this.host.watch.explainOom()
    if (oom) this.host.output.note(oom)
    if (outcome.signal) this.host.output.note(`${nameOf(line)} ${describeOutcome(outcome)}`)
  }

  private refuse(sentence: string, exitCode = CANNOT_RUN): number {
    this.host.output.note(sentence)
    return exitCode
  }
}

/** What a person would call it: the shell's script, or the program. */
function nameOf({ argv }: CommandLine): string {
  return argv[1] === '-c' && argv[2] ? `'${argv[2]}'` : argv[0]
}
