import type { StepHandlers, StepResult } from '../../src/client/step.ts'
import type { AgentSide } from './agent-side.ts'
import { seen } from './seen.ts'

/** Runs a cell, and interrupts it once it has printed the line `begun`. */
export async function runInterrupted(
  session: AgentSide,
  code: string,
  more: StepHandlers = {},
): Promise<StepResult> {
  const { handlers, promise } = seen('begun\n')
  const running = session.run(code, { ...more, ...handlers })
  await promise
  await session.client.interrupt()
  return running
}
