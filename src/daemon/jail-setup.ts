/** A session's jail: its policy, compiled for this kernel and these places. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KrunnerError } from '../errors.ts'
import { compilePolicy } from '../jail/compile.ts'
import { Jail } from '../jail/jail.ts'
import { type Kernel, probeKernel } from '../jail/kernel.ts'
import type { Policy } from '../jail/policy.ts'
import { shippedPolicy, usePolicy } from '../jail/policy-files.ts'
import { showProblem } from '../jail/problem.ts'
import type { JailEnvironment } from '../jail/program.ts'
import { thisMachine } from '../jail/this-machine.ts'
import { DIST, NODE, RUNTIMES } from '../tree.ts'
import type { Config } from './config.ts'
import type { Logger } from './logger.ts'
import type { Outbox } from './outbox.ts'

const IMAGE_POLICY = '/etc/backend.ai/jail/policy.yml'

export interface JailPlace {
  /** The runtime's name. */
  readonly runtime: string
  readonly scratch: string
}

export interface SessionJail {
  readonly jail: Jail
  readonly env: JailEnvironment
}

/** `isStrict`: what cannot be enforced is an error. Throws BAD_POLICY, JAIL_KERNEL, JAIL_START. */
export async function setUpJail(
  config: Config,
  place: JailPlace,
  isStrict: boolean,
  outbox: Outbox,
  log: Logger,
): Promise<SessionJail> {
  const tell = (sentence: string) => {
    log.info(`jail: ${sentence}`)
    outbox.send({ type: 'log', text: `jail: ${sentence}` })
  }
  const policy = policyFor(config, place.runtime, tell)
  const kernel = await probeKernel()
  const lacking = lacks(kernel)
  if (lacking.length > 0 && isStrict) throw KrunnerError.of('JAIL_KERNEL', lacking.join('; '))
  const { landlockAbi, canNotify } = kernel
  const machine = thisMachine({ landlockAbi, isSupervised: canNotify, ...places(config, place.scratch) })
  const compiled = compilePolicy(policy, machine)
  const program = kernel.hasSeccomp ? compiled : { ...compiled, filter: [], supervision: undefined }
  for (const sentence of [...lacking, ...program.warnings]) tell(sentence)
  return { jail: new Jail(program, { onReport: tell }), env: program.env }
}

function policyFor({ policy: given }: Config, runtime: string, tell: (sentence: string) => void): Policy {
  const file = given ?? (existsSync(IMAGE_POLICY) ? IMAGE_POLICY : undefined)
  if (file === undefined) return shippedPolicy(runtime)
  const { policy, warnings } = usePolicy(file, runtime)
  for (const problem of warnings) tell(showProblem(problem))
  return policy
}

function lacks({ hasSeccomp, landlockAbi, canNotify }: Kernel): string[] {
  return [
    hasSeccomp ? '' : 'seccomp is not there or forbidden: no system call is refused',
    landlockAbi > 0
      ? ''
      : 'Landlock is not there or forbidden: no path is kept from user code, nor any process outside',
    canNotify || !hasSeccomp
      ? ''
      : 'user notification is not there, forbidden, or taken by another program: nothing is counted, no refusal is told',
  ].filter((sentence) => sentence !== '')
}

/** What drivers, hooks and the services of every session are made of, beside what a policy allows. */
function places({ work, config }: Config, scratch: string) {
  const tree = join(DIST, '..')
  const program = dirname(NODE) === join(tree, 'bin') ? tree : NODE
  // Node reads what folder above a script says of it.
  const manifest = join(tree, 'package.json')
  const readable = [DIST, RUNTIMES, program, manifest, '/opt/kernel', join(config, 'ssh')]
  return {
    work,
    ours: [...readable.map((path) => ({ path, isWritable: false })), { path: scratch, isWritable: true }],
  }
}
