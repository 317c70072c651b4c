import type { Command } from 'commander'
import { exitWith } from './exit.ts'

export function register(program: Command): void {
  program
    .command('runtimes')
    .summary('list the languages, and what of them is here')
    .description(
      'List the runtime types: their aliases, the executable that PATH offers and its version, and what each can do.',
    )
    .option('--json', 'for programs')
    .action(({ json }: { json?: true }) =>
      exitWith(async () => {
        const { listRuntimes } = await import('./runtimes/list.ts')
        return listRuntimes(json ?? false)
      }),
    )
}
