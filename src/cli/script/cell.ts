/** `krunner run`: a file, or standard input, as one cell. */
import { readFile } from 'node:fs/promises'
import { KrunnerError, messageOf } from '../../errors.ts'
import type { Attachment } from '../attachment.ts'
import { Script } from './script.ts'

/** The exit code of the cell. `-` is standard input. */
export async function runFile(file: string, attachment: Omit<Attachment, 'onResult'>): Promise<number> {
  const source = await readSource(file)
  return new Script(file === '-').run(attachment, async ({ client }, handlers) => {
    const { exitCode } = await client.run(source, handlers)
    return exitCode
  })
}

export async function readSource(file: string): Promise<string> {
  try {
    const bytes = file === '-' ? Buffer.concat(await process.stdin.toArray()) : await readFile(file)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_OPTION', 'FILE', file, messageOf(error))
  }
}
