/**
 * What the user's code could do with a file. Node's own accessSync and existsSync ask for the real user, who in a container is
 * nobody but the daemon, and is kept out of a folder that is the user's alone.
 */
import { constants } from 'node:fs'
import { native } from './native.ts'

export function isThere(path: string): boolean {
  return mayAccess(path, constants.F_OK)
}

/** `mode`: R_OK, W_OK and X_OK of Node's constants. */
export function mayAccess(path: string, mode: number): boolean {
  return !path.includes('\0') && native.mayAccess(path, mode) === 1
}
