import { KrunnerError } from '../errors.ts'
import type { BatchStep } from '../protocol/commands.ts'
import { impossible, nothing } from '../runtime/plan.ts'
import { ProjectFolder } from '../runtime/project.ts'
import type { Plan, Runtime, RuntimeContext } from '../runtime/runtime.ts'
import { shellCommand } from '../runtime/shell-command.ts'

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile']

/** What a batch command runs: nothing where it is empty, the runtime's own way for `*`, else a shell command. */
export function batchPlan(
  step: BatchStep,
  command: string,
  runtime: Runtime,
  context: RuntimeContext,
  work: string,
): Plan {
  if (command === '') return nothing
  if (command !== '*') return explicit(step, command)
  const project = new ProjectFolder(work)
  if (step === 'build' && project.firstOf(...MAKEFILES)) return { commands: [{ argv: ['make'] }] }
  if (!runtime.batch)
    return impossible(
      `the runtime ${runtime.name} has no ${step} step of its own: give a command in place of '*'`,
    )
  return runtime.batch[step === 'exec' ? 'execute' : step](project, context)
}

function explicit(step: BatchStep, command: string): Plan {
  const nul = command.indexOf('\0')
  return nul < 0
    ? shellCommand(command)
    : impossible(KrunnerError.of('NUL_BYTE', `the ${step} command`, nul).message)
}
