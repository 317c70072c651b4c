import { compilePolicy } from '../../jail/compile.ts'
import { disassemble } from '../../jail/disassembler.ts'
import { explainPolicy, type Section } from '../../jail/explain.ts'
import { probeKernel } from '../../jail/kernel.ts'
import { usePolicy } from '../../jail/policy-files.ts'
import { showProblem } from '../../jail/problem.ts'
import type { Architecture } from '../../jail/program.ts'
import { thisMachine } from '../../jail/this-machine.ts'
import { policyNamed, runtimeNamed } from './policy-named.ts'

export interface ExplainOptions {
  readonly runtime?: string
  readonly program?: true
  readonly arch?: Architecture
  readonly landlock?: number
}

/** A kernel that is only told of is as one that we need. */
const LIKE_OURS = { landlockAbi: 0, canNotify: true }

/** Prints to stdout. Throws BAD_POLICY. */
export async function explain(argument: string, options: ExplainOptions): Promise<number> {
  const { policy, warnings } = usePolicy(policyNamed(argument), await runtimeNamed(options.runtime))
  const { landlockAbi, canNotify } = options.landlock === undefined ? await probeKernel() : LIKE_OURS
  const here = thisMachine({
    landlockAbi: options.landlock ?? landlockAbi,
    isSupervised: canNotify,
    work: '/home/work',
    ours: [],
  })
  const machine = { ...here, architecture: options.arch ?? here.architecture }
  const text = options.program
    ? disassemble(compilePolicy(policy, machine).filter, machine.architecture)
    : draw([...ignored(warnings.map(showProblem)), ...explainPolicy(policy, machine)])
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))
  return 0
}

function ignored(lines: readonly string[]): Section[] {
  return lines.length > 0 ? [{ title: 'What is said in vain', lines }] : []
}

function draw(sections: readonly Section[]): string {
  return sections
    .map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')
}
