/** Where a language's samples run: on this machine, with a named executable, or in a root file system. */
import { test } from 'vitest'
import type { SessionOptions } from '../harness/session.ts'
import { programInside } from '../toolchain/inside.ts'
import { programThere, type Requirement } from '../toolchain/requirement.ts'
import { type RootName, rootThere } from '../toolchain/roots.ts'
import type { Demanding } from './samples.ts'

export interface Target {
  /** For people: `CPython 3.11`. */
  readonly name: string
  /** RUNTIME-PATH; default: what the runner finds. */
  readonly executable?: string
  /** The whole runner runs inside this root file system. */
  readonly root?: RootName
  /** What samples need and is not there: `matplotlib`, say. */
  readonly lacks?: readonly string[]
  /** Added to the runner's environment. */
  readonly env?: Readonly<Record<string, string>>
}

export function requirementsOf(target: Target): Requirement[] {
  if (target.root) return [rootThere(target.root)]
  return target.executable ? [programThere(target.executable)] : []
}

export function sessionOptions(runtime: string, target: Target): SessionOptions {
  return {
    runtime,
    env: { ...process.env, ...target.env },
    ...(target.executable && { runtimePath: target.executable }),
    ...(target.root && { program: programInside(target.root) }),
  }
}

/** A test of a sample; skipped, with the reason in its name, where the target lacks what it needs. */
export function testSample(
  sample: Demanding,
  target: Target,
  promise: string,
  body: () => Promise<void>,
): void {
  const lacks = sample.needs !== undefined && target.lacks?.includes(sample.needs)
  if (lacks) test.skip(`${promise} (${target.name} lacks ${sample.needs})`)
  else test(promise, body)
}
