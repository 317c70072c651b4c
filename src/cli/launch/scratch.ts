/** The folder of a launch for what lasts as long as its container. */
import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../errors.ts'

const NAME = /^krunner-launch-(\d+)$/

/** Its path; it is not made yet. */
export function scratchFolder(): string {
  return join(tmpdir(), `krunner-launch-${process.pid}`)
}

export function makeScratch(
  folder: string,
  config: Readonly<Record<string, string>>,
  hasWork: boolean,
): void {
  sweep()
  // Of a process that was killed, and whose number we have now.
  rmSync(folder, { recursive: true, force: true })
  // What is mounted from it is seen in the container all the same; variables may be secrets.
  mkdirSync(folder, { mode: 0o700 })
  mkdirSync(join(folder, 'config'), { mode: 0o755 })
  for (const [name, text] of Object.entries(config)) writeFileSync(join(folder, 'config', name), text)
  if (!hasWork) mkdirSync(join(folder, 'work'), { mode: 0o755 })
}

/** What root has made in the container may not be ours to remove. */
export function removeScratch(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    process.stderr.write(`krunner: ${folder} is left behind: ${messageOf(error)}\n`)
  }
}

/** Folders of launches that were killed go with the next one. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(NAME.exec(name)?.[1])
    if (pid > 0 && !isAlive(pid) && isOurs(join(tmpdir(), name))) removeScratch(join(tmpdir(), name))
  }
}

function isOurs(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
