import { type Sighting, sight } from './blocked-reader.ts'
import { stepTasks } from './step-tasks.ts'

/** A step of more threads than this is not looked through to the end: the daemon has other things to do. */
const MOST_TASKS = 1000

/** Whether somebody in a step waits for the user: `leader` is its first process, `inode` its stdin's. */
export function lookForReader(leader: number, inode: number): Sighting {
  const pipe = `pipe:[${inode}]`
  let seen: Sighting = 'does not'
  let left = MOST_TASKS
  for (const task of stepTasks(leader, pipe)) {
    if (left-- === 0) return 'unknown'
    const sighting = sight(task, pipe)
    if (sighting === 'waits') return 'waits'
    if (sighting === 'unknown') seen = 'unknown'
  }
  return seen
}
