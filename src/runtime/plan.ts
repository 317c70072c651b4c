import type { CommandLine, Plan } from './runtime.ts'

/** A plan of commands, each an argument vector. */
export function run(...argvs: readonly (readonly [string, ...string[]])[]): Plan {
  return { commands: argvs.map((argv) => ({ argv })) }
}

/** Nothing to do, and that is fine. */
export const nothing: Plan = { commands: [] }

/** There is no way to do it: the step ends with exit code 127 and this sentence. */
export function impossible(sentence: string): Plan {
  return { impossible: sentence }
}

/** A command line for `/bin/sh`, where an argument vector cannot say it. */
export function shell(script: string): CommandLine {
  return { argv: ['/bin/sh', '-c', script] }
}
