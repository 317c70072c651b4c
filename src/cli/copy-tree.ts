import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { KrunnerError } from '../errors.ts'
import { PROGRAMS } from '../tree.ts'

/** Of the tree: what is mounted at `/opt/backend.ai`, and at `/opt/kernel`. */
const PARTS = ['backend.ai', 'kernel']

export function register(program: Command): void {
  program
    .command('copy-tree')
    .description('copy the runner itself into a folder, for containers that mount it from there')
    .argument('<folder>', 'gets backend.ai/, to be mounted at /opt/backend.ai, and kernel/, for /opt/kernel')
    .action(copyTree)
}

/** Throws BAD_FOLDER where this program is in no tree. */
function copyTree(folder: string): void {
  const opt = resolve(PROGRAMS, '..', '..')
  const isTree = PARTS.every((part) => existsSync(join(opt, part)))
  if (!isTree)
    throw KrunnerError.of('BAD_FOLDER', 'the folder', opt, 'is no tree; the program inside one does this')
  for (const part of PARTS) cpSync(join(opt, part), join(folder, part), { recursive: true, force: true })
}
