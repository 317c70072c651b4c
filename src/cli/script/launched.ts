/** `krunner launch` without a person: a command in the container, or standard input as one cell. */
import type { Attachment } from '../attachment.ts'
import { readSource } from './cell.ts'
import { Script } from './script.ts'

type Launched = Required<Pick<Attachment, 'open'>>

/** The exit code of a command line, run as the last step of a batch. */
export function runCommand(line: string, attachment: Launched): Promise<number> {
  return new Script(false).run(attachment, async ({ client }, handlers) => {
    const { exec } = await client.batch({ exec: line }, handlers)
    return exec.exitCode
  })
}

/** The exit code of the cell. */
export function runInput(attachment: Launched): Promise<number> {
  return new Script(true).run(attachment, async ({ client }, handlers) => {
    const { exitCode } = await client.run(await readSource('-'), handlers)
    return exitCode
  })
}
