/** A policy, and what the machine is, to what the kernel is told. Pure: it looks at nothing itself. */
import { NAMESPACE_FLAGS } from './arguments.ts'
import { assembleFilter } from './filter.ts'
import { rulesetOf } from './landlock.ts'
import type { Machine } from './machine.ts'
import type { Policy } from './policy.ts'
import { showProblem } from './problem.ts'
import { type JailProgram, type Limit, RESOURCES, type Resource, type Supervision } from './program.ts'
import { numberOf } from './syscalls.ts'
import { unheld } from './unheld.ts'
import { decider, EXECS, FORKS, isCounted, verdictsOf } from './verdicts.ts'

export function compilePolicy(policy: Policy, machine: Machine): JailProgram {
  const { architecture, isSupervised } = machine
  const refusal = policy.refused.value === 'kill' ? 'kill' : 'refuse'
  return {
    architecture,
    filter: assembleFilter(
      verdictsOf(policy, architecture, isSupervised),
      architecture,
      refusal,
      isSupervised,
    ),
    supervision: isSupervised ? supervisionOf(policy, machine) : undefined,
    landlock: rulesetOf(policy, machine),
    limits: limitsOf(policy),
    execAllowance: policy.execAllowance.value,
    forkAllowance: policy.forkAllowance.value,
    maxChildProcs: policy.maxChildProcs.value,
    env: {
      keep: policy.preservedEnvKeys.map(({ value }) => value),
      set: Object.fromEntries(policy.extraEnvs.map(({ value: { name, value } }) => [name, value])),
    },
    warnings: unheld(policy, machine).map(showProblem),
  }
}

function supervisionOf(policy: Policy, { architecture, isSupervised }: Machine): Supervision {
  const decide = decider(policy, isSupervised)
  const numbers = (names: readonly string[]) =>
    names.map((name) => numberOf(name, architecture)).filter((number) => number !== undefined)
  // A call that the policy refuses is handed over as well, and is not one to be let through.
  const counted = (names: readonly string[]) => numbers(names.filter((name) => isCounted(decide(name))))
  return {
    forks: counted(FORKS),
    execs: counted(EXECS),
    killed: numbers(policy.killedSyscalls.map(({ value }) => value)),
    killsAll: policy.refused.value === 'kill',
    namespaces: NAMESPACE_FLAGS,
  }
}

/** Nothing is lowered below what a limit says, and -1 says nothing. */
function limitsOf({ limits }: Policy): Limit[] {
  return Object.entries(limits)
    .filter(([name, { value }]) => Object.hasOwn(RESOURCES, name) && value >= 0)
    .map(([name, { value }]) => ({ resource: name as Resource, soft: value, hard: value }))
}
