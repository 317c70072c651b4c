/** What is wrong with the system calls that a policy names. */
import type { PolicyDocument } from './document.ts'
import { ALWAYS_ALLOWED, whyForbidden } from './forbidden.ts'
import { removed } from './inherit.ts'
import type { Said } from './policy.ts'
import type { Problem } from './problem.ts'
import type { DocumentKey } from './schema.ts'
import { resolveCall } from './syscalls.ts'

const ALLOWING: readonly DocumentKey[] = ['allowed_syscalls', 'traced_syscalls']

export function callProblems(document: PolicyDocument): Problem[] {
  const conditional = document.list<string>('conditionally_allowed_syscalls') ?? []
  return [
    ...ALLOWING.flatMap((key) => nameProblems(key, document.list<string>(key) ?? [], true)),
    ...nameProblems('killed_syscalls', document.list<string>('killed_syscalls') ?? [], false),
    ...conditional.map(conditionalProblem),
  ]
}

function nameProblems(key: DocumentKey, names: readonly Said<string>[], isAllowing: boolean): Problem[] {
  return names.flatMap((name) => {
    const problem = nameProblem(name.value, isAllowing)
    return problem ? [{ ...problem, place: name.place, key }] : []
  })
}

function nameProblem(name: string, isAllowing: boolean): Pick<Problem, 'severity' | 'message'> | undefined {
  const call = removed(name) ?? name
  const naming = resolveCall(call)
  switch (naming.kind) {
    case 'unknown':
      return {
        severity: 'error',
        message: `'${call}' is no system call${naming.nearest ? `; did you mean '${naming.nearest}'?` : ''}`,
      }
    case 'elsewhere':
      return warning(`'${call}' is a call of 32-bit programs, which are refused; it changes nothing`)
    case 'library':
      return warning(`'${call}' is no system call; it changes nothing, name '${naming.call}' instead`)
    case 'call': {
      if (!isAllowing && ALWAYS_ALLOWED.includes(call))
        return warning(`'${call}' stays allowed: no program starts or ends without it`)
      const reason = isAllowing && call === name ? whyForbidden(call) : undefined
      return reason ? warning(`'${call}' stays refused, no policy can allow it: ${reason}`) : undefined
    }
  }
}

function warning(message: string): Pick<Problem, 'severity' | 'message'> {
  return { severity: 'warning', message }
}

function conditionalProblem({ value, place }: Said<string>): Problem {
  return {
    ...warning(
      `'${value}' is not allowed by standing here: no condition can be said; name it in allowed_syscalls`,
    ),
    place,
    key: 'conditionally_allowed_syscalls',
  }
}
