/** What some tests need of the machine. On a laptop they are skipped without it; CI must have all. */
import { existsSync } from 'node:fs'
import { describe, test } from 'vitest'

/** Why something cannot be used here; undefined: it is there. */
export type Requirement = string | undefined

export function programThere(path: string): Requirement {
  return existsSync(path) ? undefined : `there is no ${path}`
}

/** The first of these paths that is a file. */
export function firstProgram(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path))
}

export function describeWith(requirements: readonly Requirement[], name: string, body: () => void): void {
  const missing = requirements.filter((reason) => reason !== undefined)
  if (missing.length === 0) describe(name, body)
  else if (process.env.CI) describe(name, () => failFor(missing))
  else describe.skip(`${name} (${missing.join('; ')})`, body)
}

function failFor(missing: string[]): void {
  test('has its toolchain', () => {
    throw new Error(`in CI nothing may be missing: ${missing.join('; ')}`)
  })
}
