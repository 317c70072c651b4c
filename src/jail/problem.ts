import type { Place } from './policy.ts'

/** What is wrong with a policy. An `error` keeps it from being used; a `warning` is what does not hold. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly place: Place
  /** `whitelist_paths.OP_OPEN`; '' for the file as a whole. */
  readonly key: string
  /** What was found, why it is wrong, and the mend. */
  readonly message: string
}

/** An error at a line of a file. */
export function problemAt(file: string, line: number, key: string, message: string): Problem {
  return { severity: 'error', place: { file, line }, key, message }
}

/** `policy.yml:12: fork_allowance: ...`, as compilers have it. */
export function showProblem({ severity, place, key, message }: Problem): string {
  const where = `${place.file}:${place.line}`
  const kind = severity === 'error' ? '' : 'warning: '
  return [where, `${kind}${key}`, message].filter((part) => part !== '').join(': ')
}
