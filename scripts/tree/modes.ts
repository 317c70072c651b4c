/** Files as a user who is not their owner has to find them, whatever this machine's umask. */
import { chmodSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

const PROGRAM = 0o755
const FILE = 0o644

export function normaliseModes(folder: string): void {
  for (const name of ['.', ...globSync('**/*', { cwd: folder })]) {
    const path = join(folder, name)
    chmodSync(path, statSync(path).isDirectory() || isProgram(path) ? PROGRAM : FILE)
  }
}

function isProgram(path: string): boolean {
  return !basename(path).includes('.so') && isElf(path)
}

function isElf(path: string): boolean {
  return readFileSync(path).subarray(0, 4).equals(Buffer.from('\x7fELF'))
}
