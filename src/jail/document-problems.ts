/** What can be wrong with a policy file, beside the system calls it names. */
import type * as v from 'valibot'
import { nearest } from '../nearest.ts'
import type { PolicyDocument } from './document.ts'
import { PATH_OPERATIONS, type PathOperation } from './policy.ts'
import { type Problem, problemAt } from './problem.ts'
import { DOCUMENT_KEYS, type Document, type DocumentKey, operationNamed, RESOURCE_NAMES } from './schema.ts'
import type { Placed } from './yaml-places.ts'

export function unknownKeys(file: string, yaml: Placed, given: object): Problem[] {
  const keys = Object.keys(given).filter((key) => !(DOCUMENT_KEYS as readonly string[]).includes(key))
  return keys.map((key) =>
    problemAt(file, yaml.lineOfKey([key]), key, `no key of a policy${meant(key, DOCUMENT_KEYS)}`),
  )
}

export function issueProblem(file: string, yaml: Placed, issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => key as PropertyKey)
  return problemAt(
    file,
    yaml.lineOf(path),
    path.map(String).join('.'),
    `${describe(issue.input)} stands here; it should be ${issue.message}`,
  )
}

export function operationProblems(file: string, yaml: Placed, said: Document): Problem[] {
  const seen = new Map<PathOperation, string>()
  return Object.keys(said.whitelist_paths ?? {}).flatMap((spelling) => {
    const operation = operationNamed(spelling)
    const first = operation && seen.get(operation)
    if (operation) seen.set(operation, first ?? spelling)
    const line = yaml.lineOfKey(['whitelist_paths', spelling])
    const key = `whitelist_paths.${spelling}`
    if (!operation)
      return [problemAt(file, line, key, `no operation on paths; choose of ${PATH_OPERATIONS.join(', ')}`)]
    return first
      ? [problemAt(file, line, key, `${first} says the same operation already; put both lists in one`)]
      : []
  })
}

export function limitProblems(file: string, yaml: Placed, said: Document): Problem[] {
  const unknown = Object.keys(said.limits ?? {}).filter((name) => !RESOURCE_NAMES.includes(name))
  return unknown.map((name) =>
    problemAt(
      file,
      yaml.lineOfKey(['limits', name]),
      `limits.${name}`,
      `no resource with a limit${meant(name, RESOURCE_NAMES)}; there are ${RESOURCE_NAMES.join(', ')}`,
    ),
  )
}

export function patternProblems({ paths }: PolicyDocument): Problem[] {
  const isAbsolute = (pattern: string) => /^!?(\/|~\/|\*)/.test(pattern)
  return [...paths].flatMap(([operation, patterns]) =>
    patterns
      .filter(({ value }) => !isAbsolute(value))
      .map(({ value, place: { file, line } }) =>
        problemAt(
          file,
          line,
          `whitelist_paths.${operation}`,
          `'${value}' is no absolute pattern; it begins with '/', '~/' or '*', such as '/home/work/*'`,
        ),
      ),
  )
}

/** Ours alone may be left out of a policy that stands by itself. */
const NEEDED: readonly DocumentKey[] = [
  'whitelist_paths',
  'exec_allowance',
  'fork_allowance',
  'max_child_procs',
  'allowed_syscalls',
]

export function missingKeys({ file, said }: PolicyDocument): Problem[] {
  const missing = said.diff_to_default ? [] : NEEDED.filter((key) => said[key] === undefined)
  return missing.map((key) =>
    problemAt(file, 1, key, "missing; say it, or 'diff_to_default: true' to take the default's"),
  )
}

function meant(found: string, known: readonly string[]): string {
  const near = nearest(found, known)
  return near ? `; did you mean '${near}'?` : ''
}

export function describe(found: unknown): string {
  if (found === undefined || found === null) return 'nothing'
  if (Array.isArray(found)) return 'a list'
  return typeof found === 'object' ? 'a map of keys' : `'${String(found)}'`
}
