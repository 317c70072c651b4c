import { NEWEST_ABI } from '../../jail/landlock.ts'
import { readPolicy } from '../../jail/policy-files.ts'
import { type Problem, showProblem } from '../../jail/problem.ts'
import { thisMachine } from '../../jail/this-machine.ts'
import { unheld } from '../../jail/unheld.ts'
import { policyNamed, runtimeNamed } from './policy-named.ts'

interface Checked {
  readonly policy: string
  readonly usable: boolean
  readonly problems: readonly Problem[]
}

/** Prints to stdout; 1 where a policy cannot be used. */
export async function checkPolicies(
  policies: readonly string[],
  { runtime, json }: { runtime?: string; json?: true },
): Promise<number> {
  const name = await runtimeNamed(runtime)
  const checked = policies.map((policy) => check(policy, name))
  const text = json ? JSON.stringify(checked, undefined, 2) : checked.flatMap(draw).join('\n')
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))
  return checked.every(({ usable }) => usable) ? 0 : 1
}

function check(argument: string, runtime: string | undefined): Checked {
  const { result, problems } = readPolicy(policyNamed(argument), runtime)
  // What no kernel holds; the session says what its own does not.
  const machine = thisMachine({ landlockAbi: NEWEST_ABI, isSupervised: true, work: '/home/work', ours: [] })
  const warnings = result ? unheld(result, machine) : []
  return { policy: argument, usable: result !== undefined, problems: [...problems, ...warnings] }
}

function draw({ policy, usable, problems }: Checked): string[] {
  const lines = problems.map(showProblem)
  return usable && lines.length === 0 ? [`${policy}: good`] : lines
}
