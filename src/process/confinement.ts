/** What stands between us and every command of user code: the one place where a session's jail comes in. */
import type { NativeSpawn } from './native.ts'

export interface Confinement {
  /** Absolute path of the program that confines itself and then becomes the command. */
  readonly launcher: string
  /** What it is given, as its descriptors; undefined where there is none. */
  readonly descriptors: readonly (number | undefined)[]
}

type Command = Pick<NativeSpawn, 'file' | 'argv' | 'fds'>

let confinement: Confinement | undefined

/** From now on no command starts without; undefined: they do again. */
export function confine(next: Confinement | undefined): void {
  confinement = next
}

export function confined(command: Command): Command {
  return confinement ? inside(confinement, command) : command
}

/** `krunner-jail run` takes a word for each of its descriptors: the number, or `-`. */
function inside({ launcher, descriptors }: Confinement, { file, argv, fds }: Command): Command {
  const given = [...fds]
  const words = descriptors.map((fd) => (fd === undefined ? '-' : String(given.push(fd) - 1)))
  return { file: launcher, argv: ['krunner-jail', 'run', ...words, file, ...argv], fds: given }
}
