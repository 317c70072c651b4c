/** The user's own dotfiles, where an agent leaves it to the container to put them into the home. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import * as v from 'valibot'
import { messageOf } from '../errors.ts'
import type { Logger } from './logger.ts'

const FILE = 'dotfiles.json'

/** `perm` is octal, as `chmod` takes it. */
const dotfiles = v.array(
  v.object({ path: v.string(), data: v.string(), perm: v.pipe(v.string(), v.regex(/^0?[0-7]{3,4}$/)) }),
)

type Dotfile = v.InferOutput<typeof dotfiles>[number]

/** Writes what `dotfiles.json` of the config folder has. What goes wrong is a warning. */
export function writeDotfiles(config: string, home: string, log: Logger): void {
  for (const dotfile of read(join(config, FILE), log)) {
    try {
      write(dotfile, home)
    } catch (error) {
      log.warn(`the dotfile '${dotfile.path}' is not written: ${messageOf(error)}`)
    }
  }
}

function read(path: string, log: Logger): Dotfile[] {
  try {
    return v.parse(dotfiles, JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const form = '[{"path": ".vimrc", "data": "...", "perm": "644"}]'
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn(`${path} is not used: ${messageOf(error)}; it should be like ${form}`)
    return []
  }
}

function write({ path, data, perm }: Dotfile, home: string): void {
  const file = resolve(home, path)
  if (!file.startsWith(home + sep)) throw new Error(`it is outside of ${home}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, data)
  chmodSync(file, Number.parseInt(perm, 8))
}
