import type { UserInput } from '../input/user-input.ts'
import type { Jail } from '../jail/jail.ts'
import type { Child } from '../process/spawn.ts'
import type { RuntimeContext } from '../runtime/runtime.ts'
import type { Gate } from './gate.ts'
import type { Logger } from './logger.ts'
import type { ProcessWatch } from './process-watch.ts'
import type { StepOutput } from './step-output.ts'

/** What both modes work with. */
export interface Host {
  /** The language's name for people. */
  readonly name: string
  readonly context: RuntimeContext
  /** The working folder. */
  readonly work: string
  readonly output: StepOutput
  readonly input: UserInput
  readonly gate: Gate
  readonly watch: ProcessWatch
  /** What user code runs in, where it was asked for. */
  readonly jail: Jail | undefined
  readonly log: Logger
}

/** The child's output is slowed down with all other, for as long as anybody holds its pipes. */
export function gateChild(gate: Gate, child: Child): void {
  for (const pump of [child.stdout, child.stderr]) {
    gate.add(pump)
    void pump.ended.then(() => gate.remove(pump))
  }
}
