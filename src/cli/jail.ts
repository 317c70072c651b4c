import { type Command, InvalidArgumentError, Option } from 'commander'
import { exitWith } from './exit.ts'
import type { ExplainOptions } from './jail/explain.ts'

const POLICY = 'the file of a policy, or the name of one that comes with krunner, such as python'
const RUNTIME = 'the runtime type of the image, whose policy `diff_to_default` differs from'

export function register(program: Command): void {
  const jail = program.command('jail').description('Look into jail policies: what user code may do.')
  jail
    .command('check')
    .description(
      'Say what is wrong with policies, by file, line and key. Exits with 1 where one cannot be used, and with 2 ' +
        'where one cannot be read; what does not hold is a warning.',
    )
    .argument('<POLICY...>', POLICY)
    .option('--runtime <NAME>', RUNTIME)
    .option('--json', 'for programs')
    .action((policies: string[], options: { runtime?: string; json?: true }) =>
      exitWith(async () => {
        const { checkPolicies } = await import('./jail/check.ts')
        return checkPolicies(policies, options)
      }),
    )
  jail
    .command('explain')
    .description('Print what a policy allows, what not and why, with the lines that say so.')
    .argument('<POLICY>', POLICY)
    .option('--runtime <NAME>', RUNTIME)
    .option('--program', 'the seccomp program that the kernel gets, disassembled')
    .addOption(new Option('--arch <NAME>', 'of which machine').choices(['x86_64', 'aarch64']))
    .option(
      '--landlock <VERSION>',
      "the kernel's version of Landlock, 0 for none (default: this kernel's)",
      parseVersion,
    )
    .action((policy: string, options: ExplainOptions) =>
      exitWith(async () => {
        const { explain } = await import('./jail/explain.ts')
        return explain(policy, options)
      }),
    )
}

function parseVersion(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('a whole number, such as 7.')
  return Number(text)
}
