/** What a policy answers to each system call, before it is a program. */
import { type Answer, type ArgumentRule, argumentRule } from './arguments.ts'
import { ALWAYS_ALLOWED, whyForbidden } from './forbidden.ts'
import type { Policy } from './policy.ts'
import type { Architecture } from './program.ts'
import { callsOf } from './syscalls.ts'

export type Verdict = Answer | ArgumentRule

/** Its flags lie in memory, where a filter cannot look; libraries fall back to clone. */
const UNSEEN = 'clone3'
const CHMODS = ['chmod', 'fchmod', 'fchmodat', 'fchmodat2']

export const FORKS = ['fork', 'vfork', 'clone']
export const EXECS = ['execve', 'execveat']

/** By number. What is not in it the kernel does not know, or we do not yet: `absent`. */
export function verdictsOf(
  policy: Policy,
  architecture: Architecture,
  isSupervised: boolean,
): Map<number, Verdict> {
  const decide = decider(policy, isSupervised)
  return new Map(callsOf(architecture).map(([name, number]) => [number, decide(name)]))
}

/** The verdict on a call by its name. */
export function decider(policy: Policy, isSupervised: boolean): (call: string) => Verdict {
  const allowed = new Set([
    ...ALWAYS_ALLOWED,
    ...policy.allowedSyscalls.map(({ value }) => value),
    ...policy.tracedSyscalls.map(({ value }) => value),
  ])
  const killed = new Set(policy.killedSyscalls.map(({ value }) => value))
  for (const call of ALWAYS_ALLOWED) killed.delete(call)
  const refusal = (call: string) => (policy.refused.value === 'kill' || killed.has(call) ? 'kill' : 'refuse')
  const forks = isSupervised && countsForks(policy) ? 'count' : 'allow'
  const execs = isSupervised && policy.execAllowance.value >= 0 ? 'count' : 'allow'

  const isWithoutChmod = policy.paths.OP_CHMOD?.length === 0

  return (call) => {
    if (call === UNSEEN) return 'absent'
    if (isWithoutChmod && CHMODS.includes(call)) return refusal(call)
    if (killed.has(call) || whyForbidden(call) || !allowed.has(call)) return refusal(call)
    if (EXECS.includes(call)) return execs
    const rule = argumentRule(call, forks)
    if (rule) return withRefusal(rule, refusal(call))
    return FORKS.includes(call) ? forks : 'allow'
  }
}

export function countsForks(policy: Policy): boolean {
  return policy.forkAllowance.value >= 0 || policy.maxChildProcs.value >= 0
}

export function isCounted(verdict: Verdict): boolean {
  return verdict === 'count' || (typeof verdict === 'object' && verdict.otherwise === 'count')
}

function withRefusal(rule: ArgumentRule, refusal: Answer): ArgumentRule {
  const mend = (answer: Answer) => (answer === 'refuse' ? refusal : answer)
  return {
    ...rule,
    cases: rule.cases.map((one) => ({ ...one, answer: mend(one.answer) })),
    otherwise: mend(rule.otherwise),
  }
}
