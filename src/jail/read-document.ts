/** The text of a policy file to what it says, checked. */
import * as v from 'valibot'
import { callProblems } from './call-problems.ts'
import type { PolicyDocument, Read } from './document.ts'
import * as check from './document-problems.ts'
import type { PathOperation, Said } from './policy.ts'
import { type Problem, problemAt } from './problem.ts'
import { type Document, type DocumentKey, documentSchema, operationNamed } from './schema.ts'
import { type Placed, parseYaml } from './yaml-places.ts'

export function readDocument(file: string, text: string): Read<PolicyDocument> {
  const yaml = parseYaml(text)
  if (yaml.errors.length > 0)
    return failed(yaml.errors.map(({ line, message }) => problemAt(file, line, '', message)))
  const given = yaml.value ?? {}
  if (typeof given !== 'object' || Array.isArray(given))
    return failed([
      problemAt(
        file,
        1,
        '',
        `this is ${check.describe(given)}; a policy is keys with values, such as 'fork_allowance: -1'`,
      ),
    ])

  const unknown = check.unknownKeys(file, yaml, given)
  const parsed = v.safeParse(documentSchema, given)
  if (!parsed.success)
    return failed([...unknown, ...parsed.issues.map((issue) => check.issueProblem(file, yaml, issue))])

  const document = placed(file, yaml, parsed.output)
  const problems = [
    ...unknown,
    ...check.operationProblems(file, yaml, parsed.output),
    ...check.limitProblems(file, yaml, parsed.output),
    ...check.patternProblems(document),
    ...callProblems(document),
    ...check.missingKeys(document),
  ]
  return { result: problems.some(({ severity }) => severity === 'error') ? undefined : document, problems }
}

function failed(problems: readonly Problem[]): Read<PolicyDocument> {
  return { result: undefined, problems }
}

function placed(file: string, yaml: Placed, said: Document): PolicyDocument {
  const place = (path: readonly PropertyKey[]) => ({ file, line: yaml.lineOf(path) })
  const entries = <T>(path: readonly PropertyKey[], values: readonly T[]) =>
    values.map((value, index): Said<T> => ({ value, place: place([...path, index]) }))
  const paths = new Map<PathOperation, readonly Said<string>[]>()
  for (const [spelling, patterns] of Object.entries(said.whitelist_paths ?? {})) {
    const operation = operationNamed(spelling)
    if (operation) paths.set(operation, entries(['whitelist_paths', spelling], patterns ?? []))
  }
  return {
    file,
    said,
    paths,
    list: <T>(key: DocumentKey) => {
      const values = said[key] as readonly T[] | undefined
      return values && entries([key], values)
    },
    value: <T>(key: DocumentKey) => {
      const value = said[key] as T | undefined
      return value === undefined ? undefined : { value, place: place([key]) }
    },
    limits: () =>
      Object.fromEntries(
        Object.entries(said.limits ?? {}).map(([name, value]) => [
          name,
          { value, place: place(['limits', name]) },
        ]),
      ),
  }
}
