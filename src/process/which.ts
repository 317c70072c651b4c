import { constants, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { mayAccess } from './access.ts'

/** The file that `program` names: itself when it has a slash, else the first executable of that name in PATH. */
export function which(program: string, path: string | undefined, folder = '.'): string | undefined {
  if (program.includes('/')) {
    const file = resolve(folder, program)
    return isExecutable(file) ? file : undefined
  }
  for (const entry of (path ?? '').split(':')) {
    const file = join(resolve(folder, entry || '.'), program)
    if (isExecutable(file)) return file
  }
  return undefined
}

function isExecutable(file: string): boolean {
  return mayAccess(file, constants.X_OK) && statSync(file, { throwIfNoEntry: false })?.isFile() === true
}
