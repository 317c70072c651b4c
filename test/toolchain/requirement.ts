/** What some tests need of the machine. On a laptop they are skipped without it; CI must have all. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, test } from 'vitest'

/** Why something cannot be used here; undefined: it is there. */
export type Requirement = string | undefined

export function programThere(path: string): Requirement {
  return existsSync(path) ? undefined : `there is no ${path}`
}

export function inPath(program: string): Requirement {
  const folders = (process.env.PATH ?? '').split(':')
  return folders.some((folder) => existsSync(`${folder}/${program}`))
    ? undefined
    : `there is no ${program} in PATH`
}

/** Whether this Python can import a module. */
export function moduleThere(python: string, name: string): Requirement {
  const { status } = spawnSync(python, ['-c', `import ${name}`], { stdio: 'ignore' })
  return status === 0 ? undefined : `${python} has no module ${name}`
}

export function rootUser(): Requirement {
  return process.getuid?.() === 0 ? undefined : 'only root can do this'
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
