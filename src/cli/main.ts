import { Command } from 'commander'
import { messageOf } from '../errors.ts'
import { register as registerAttach } from './attach.ts'
import { register as registerBatch } from './batch.ts'
import { register as registerConsole } from './console.ts'
import { register as registerCopyTree } from './copy-tree.ts'
import { register as registerImage } from './image.ts'
import { register as registerJail } from './jail.ts'
import { spellOutJail } from './jail-option.ts'
import { register as registerLaunch } from './launch.ts'
import { register as registerRun } from './run.ts'
import { register as registerRuntimes } from './runtimes.ts'
import { register as registerServe, translateAgentArguments } from './serve.ts'
import { register as registerService } from './service.ts'

const BAD_ARGUMENTS = 2

const program = new Command('krunner')
  .description('Runs code in a compute container: batch, query with a context that persists, user input')
  .showHelpAfterError('(krunner --help tells more)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : BAD_ARGUMENTS))

for (const register of [
  registerServe,
  registerConsole,
  registerRun,
  registerBatch,
  registerRuntimes,
  registerImage,
  registerLaunch,
  registerAttach,
  registerService,
  registerJail,
  registerCopyTree,
])
  register(program)

/** Runs what this process's own arguments ask for. */
export async function main(): Promise<void> {
  try {
    const args = spellOutJail(translateAgentArguments(process.argv.slice(2)))
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.stderr.write(`krunner: ${messageOf(error)}\n`)
    process.exit(BAD_ARGUMENTS)
  }
}
