/** What a glob pattern of a policy can mean to Landlock, which knows files, and folders with all beneath. */
import type { Machine } from './machine.ts'

export interface Reach {
  /** Files and folders that are there now. */
  readonly paths: readonly string[]
  /** The pattern is not a folder or a file but a list of them: what comes later is not in it. */
  readonly isSnapshot: boolean
}

const WORK = '/home/work'

export function reachOf(pattern: string, machine: Machine): Reach {
  const place = placeOf(pattern, machine)
  const isSnapshot = /[*?[{]/.test(place)
  const found = isSnapshot ? machine.expand(place) : [place]
  return { paths: found.filter((path) => machine.kind(path) !== undefined), isSnapshot }
}

/** The folder of `FOLDER/*` and `FOLDER/**`, for beneath a folder the kernel tells no levels apart. */
function placeOf(pattern: string, { work, home }: Machine): string {
  const path = pattern.replace(/^\*/, '/*').replace(/^~(?=\/)/, home)
  const folder = path.replace(/(\/\*{0,2})+$/, '')
  const moved = folder === WORK || folder.startsWith(`${WORK}/`) ? work + folder.slice(WORK.length) : folder
  return moved === '' ? '/' : moved
}

/** True where everything is meant. */
export function isEverything(pattern: string): boolean {
  return /^(\/?\*{1,2})+$|^\/$/.test(pattern)
}
