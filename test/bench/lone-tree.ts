import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './build.ts'

/**
 * The program on a copy of Node of its own. The benchmark runs on the same Node, and so may others: they
 * would share its pages, and a lone runner would seem smaller than it is. Gives the program's path.
 */
export function makeLoneTree(folder: string): string {
  const bin = join(folder, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  cpSync(realpathSync(join(ROOT, 'node_modules/.bin/node')), join(bin, 'node'))
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true })
  symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'))
  return join(folder, 'bin/krunner')
}
