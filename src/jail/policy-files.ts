/** Policies on disk: those that come with us, and those of images. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { KrunnerError, messageOf } from '../errors.ts'
import { DIST, FROM_SOURCES } from '../tree.ts'
import type { Read } from './document.ts'
import { inherit } from './inherit.ts'
import type { Policy } from './policy.ts'
import { type Problem, showProblem } from './problem.ts'
import { readDocument } from './read-document.ts'

const FOLDER = FROM_SOURCES ? join(DIST, '..', 'policies') : join(DIST, 'policies')
const DEFAULT = 'default'

/** `default`, and the runtimes that have a policy of their own. */
export function shippedPolicies(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => basename(file, '.yml'))
    .sort()
}

export function shippedPolicyFile(name: string): string {
  return join(FOLDER, `${name}.yml`)
}

/**
 * A policy's file with what it inherits. `runtime` is what an image's `diff_to_default` differs from: that
 * runtime's policy, or the default where there is none. Throws BAD_POLICY where a file cannot be read.
 */
export function readPolicy(file: string, runtime?: string): Read<Policy> {
  const { result: document, problems } = readDocument(file, textOf(file))
  if (!document) return { result: undefined, problems }
  const base = document.said.diff_to_default ? baseOf(file, runtime) : undefined
  const merged = inherit(document, base)
  return { result: merged.result, problems: [...problems, ...merged.problems] }
}

/** Throws BAD_POLICY with every error; warnings are for the log. */
export function usePolicy(file: string, runtime?: string): { policy: Policy; warnings: readonly Problem[] } {
  const { result, problems } = readPolicy(file, runtime)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (!result) throw KrunnerError.of('BAD_POLICY', file, errors.map(showProblem).join('\n'))
  return { policy: result, warnings: problems }
}

/** The policy that comes with us for a runtime, or the default where it has none. */
export function shippedPolicy(runtime: string | undefined): Policy {
  const name = runtime !== undefined && shippedPolicies().includes(runtime) ? runtime : DEFAULT
  return usePolicy(shippedPolicyFile(name)).policy
}

function baseOf(file: string, runtime: string | undefined): Policy {
  const isOurs = shippedPolicies().some((name) => shippedPolicyFile(name) === resolve(file))
  return shippedPolicy(isOurs ? undefined : runtime)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_POLICY', file, messageOf(error))
  }
}
