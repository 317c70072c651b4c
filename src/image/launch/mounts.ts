/** `SRC[:DST][:ro]`: a folder or file of this machine in the container. */
import { basename, posix, resolve } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import type { Mount } from './request.ts'

export const WORK = '/home/work'
export const CONFIG = '/home/config'
const TAKEN = ['/', '/opt/backend.ai', '/opt/kernel', CONFIG, WORK, '/proc', '/sys', '/dev']

/** A DST that is not absolute, and one that is missing, lies in `/home/work`. Throws BAD_OPTION. */
export function parseMount(text: string): Mount {
  const refuse = (why: string) => KrunnerError.of('BAD_OPTION', '--mount', text, why)
  const [source = '', ...rest] = text.split(':')
  const mode = ['ro', 'rw'].includes(rest.at(-1) ?? '') ? rest.pop() : 'rw'
  if (source === '' || rest.length > 1) throw refuse('write SRC[:DST][:ro], such as ./data:/data:ro')
  const target = posix.resolve(WORK, rest[0] || basename(resolve(source)))
  const isOurs = target.startsWith('/opt/backend.ai/') || target.startsWith('/opt/kernel/')
  if (TAKEN.includes(target) || isOurs)
    throw refuse(`${target} is taken${target === WORK ? '; --work FOLDER mounts there' : ''}`)
  return { source: resolve(source), target, isReadOnly: mode === 'ro' }
}
