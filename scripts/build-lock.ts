/** One build at a time: `npm start` and `npm test` side by side would take away each other's files. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const PAUSE = 50

/** Settles once this process holds the lock; its end gives it back. */
export async function lockBuild(file: string): Promise<void> {
  while (!take(file)) await delay(PAUSE)
  process.once('exit', () => rmSync(file, { force: true }))
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isHeld(file)) rmSync(file, { force: true })
    return false
  }
}

/** Who was killed has left it. */
function isHeld(file: string): boolean {
  try {
    return existsSync(`/proc/${readFileSync(file, 'utf8') || 'self'}`)
  } catch {
    return false
  }
}
