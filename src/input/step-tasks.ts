import { childrenOf, threadsOf } from '../process/procfs.ts'
import { isPipe } from './blocked-reader.ts'

/** The threads of a step as folders `/proc/PID/task/TID`: the leader's, those below it, and of orphans. */
export function* stepTasks(leader: number, pipe: string): Generator<string> {
  yield* tasksBelow(leader)
  // Orphans are our children now. Services are too, but the pipe is not theirs.
  for (const child of childrenOf(process.pid)) {
    if (child !== leader && isPipe(`/proc/${child}`, 0, pipe)) yield* tasksBelow(child)
  }
}

function* tasksBelow(root: number): Generator<string> {
  const waiting = [root]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    for (const thread of threadsOf(pid)) yield `/proc/${pid}/task/${thread}`
    waiting.push(...childrenOf(pid))
  }
}
