/** Where a language's samples run: on this machine, with a named executable, in a root file system, or in a container. */
import { test } from 'vitest'
import { RUNTIME_POLICY } from '../fixtures/policies.ts'
import type { AgentSide } from '../harness/agent-side.ts'
import { ContainerSession, containerNeeds } from '../harness/container-session.ts'
import { Session, type SessionOptions } from '../harness/session.ts'
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
  /** It runs in a container of this root file system, as an agent starts it. */
  readonly container?: RootName
  /** The same, in a container of this image. */
  readonly image?: string
  /** User code is in the jail that comes with us for the runtime, and at home in the session's folder as in an image. */
  readonly isJailed?: true
  /** What samples need and is not there: `matplotlib`, say. */
  readonly lacks?: readonly string[]
  /** Added to the runner's environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** As in an image; what a user of this machine has put in front of it is out of a jail's reach. */
const JAILED = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }

export function requirementsOf(target: Target): Requirement[] {
  if (target.image) return containerNeeds()
  if (target.container) return containerNeeds(target.container)
  if (target.root) return [rootThere(target.root)]
  return target.executable ? [programThere(target.executable)] : []
}

export function sessionOptions(runtime: string, target: Target): SessionOptions {
  return {
    runtime,
    env: { ...process.env, ...(target.isJailed && JAILED), ...target.env },
    ...(target.executable && { runtimePath: target.executable }),
    ...(target.isJailed && { args: ['--jail', '--policy', RUNTIME_POLICY], isHome: true }),
    ...(target.root && { program: programInside(target.root) }),
  }
}

export function startSession(runtime: string, target: Target): Promise<AgentSide> {
  const { container, image, executable, env } = target
  if (!container && !image) return Session.start(sessionOptions(runtime, target))
  return ContainerSession.start({
    runtime,
    ...(container && { root: container }),
    ...(image && { image }),
    ...(executable && { runtimePath: executable }),
    ...(env && { env }),
    mayWarn: true,
  })
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
