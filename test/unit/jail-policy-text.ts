/** Policies that a test writes down. */
import { inherit } from '../../src/jail/inherit.ts'
import type { Policy } from '../../src/jail/policy.ts'
import { shippedPolicy } from '../../src/jail/policy-files.ts'
import { type Problem, showProblem } from '../../src/jail/problem.ts'
import { readDocument } from '../../src/jail/read-document.ts'

/** `policy.yml` with that text, over the default. Throws what is wrong with it. */
export function parsePolicy(text: string): Policy {
  const { policy, problems } = tryPolicy(text)
  if (!policy) throw new Error(problems.map(showProblem).join('\n'))
  return policy
}

export function tryPolicy(text: string): { policy: Policy | undefined; problems: readonly Problem[] } {
  const { result: document, problems } = readDocument('policy.yml', text)
  if (!document) return { policy: undefined, problems }
  const merged = inherit(document, document.said.diff_to_default ? shippedPolicy(undefined) : undefined)
  return { policy: merged.result, problems: [...problems, ...merged.problems] }
}
