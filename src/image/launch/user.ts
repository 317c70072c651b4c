/** Whose the container's processes are. */
import type { Engine, LaunchOptions, Machine, User } from './request.ts'

/** What agents take where nothing else is said, and what the first user of a machine has. */
const ORDINARY: User = { uid: 1000, gid: 1000 }

/**
 * The caller, so that files in `/home/work` are the caller's. Root's are those of whose `--work` folder it is,
 * or an ordinary user's: nothing of root's is in the container that it would have to be root for.
 */
export function chooseUser(options: LaunchOptions, machine: Machine, engine: Engine, workOwner?: User): User {
  if (options.user) return options.user
  // Docker without root has no way to keep the caller's id: root in there is the caller.
  if (engine.isRootless && engine.kind === 'docker') return { uid: 0, gid: 0 }
  if (machine.uid !== 0) return { uid: machine.uid, gid: machine.gid }
  return workOwner ?? ORDINARY
}

/** The groups beside the user's own: those of a caller who is the user, and whom the engine does not renumber. */
export function additionalGroups(user: User, machine: Machine, engine: Engine): number[] {
  if (engine.isRootless || user.uid !== machine.uid || user.uid === 0) return []
  return machine.groups.filter((group) => group !== user.gid && group !== 0)
}
