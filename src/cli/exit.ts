/** How a command of ours ends: with the code of what it ran, or a sentence and a code of its own. */
import { type ErrorCode, KrunnerError, messageOf } from '../errors.ts'

/** What was asked can't be done as it was asked. */
const BAD_ARGUMENTS = 2
/** The runner failed, not what it ran: as `docker run` and `timeout` say it. */
const RUNNER_FAILED = 125

const ARGUMENT_ERRORS: ReadonlySet<ErrorCode> = new Set([
  'BAD_FOLDER',
  'BAD_IMAGE',
  'BAD_IMAGE_TEMPLATE',
  'BAD_MANIFEST',
  'BAD_OPTION',
  'BAD_POLICY',
  'NO_ENGINE',
  'NO_EXECUTABLE',
  'NO_RUNTIME',
  'NO_TERMINAL',
  'NO_TREE',
  'UNKNOWN_IMAGE',
  'UNKNOWN_RUNTIME',
] as const)

/** Ends this process when `work` is done: nothing that is still open may hold it. */
export async function exitWith(work: () => Promise<number>): Promise<never> {
  process.exit(await exitCode(work))
}

async function exitCode(work: () => Promise<number>): Promise<number> {
  try {
    // Other codes than 0 to 255 are cut as the system cuts them.
    return (await work()) & 0xff
  } catch (error) {
    process.stderr.write(`krunner: ${messageOf(error)}\n`)
    return error instanceof KrunnerError && ARGUMENT_ERRORS.has(error.code) ? BAD_ARGUMENTS : RUNNER_FAILED
  }
}
