/** `krunner batch`: clean, build and execute a project folder. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BatchCommands } from '../../client/client.ts'
import { KrunnerError } from '../../errors.ts'
import type { Attachment } from '../attachment.ts'
import { Script } from './script.ts'

/** The code of the first step that failed, or else 0. */
export async function runProject(
  folder: string,
  commands: BatchCommands,
  attachment: Omit<Attachment, 'onResult' | 'work'>,
): Promise<number> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw KrunnerError.of('BAD_FOLDER', 'DIR', folder, 'is not a folder; name the one with the project')
  }
  return new Script(false).run({ ...attachment, work: resolve(folder) }, async ({ client }, handlers) => {
    const { clean, build, exec } = await client.batch(commands, handlers)
    return clean.exitCode || build.exitCode || exec.exitCode
  })
}
