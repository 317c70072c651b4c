/** The daemon's own user id, beside that of the user's code, where the entrypoint has given it one. */
import { native } from './native.ts'

const STACK_LIMIT = 'KRUNNER_STACK_LIMIT'

/**
 * From now on user code can neither signal this process nor look into it; what it starts runs as the user alone. Says what
 * is wrong where that cannot be had.
 */
export function separateFromUserCode(env: NodeJS.ProcessEnv): string | undefined {
  restoreStackLimit(env)
  const failure = native.separateFromUser()
  if (failure === 0) return undefined
  return `the daemon has no user id of its own, so user code can end it: error ${-failure}`
}

/** The kernel has lowered it when we were executed with two users. */
function restoreStackLimit(env: NodeJS.ProcessEnv): void {
  const limit = env[STACK_LIMIT]
  delete env[STACK_LIMIT]
  if (limit) native.setStackLimit(limit === 'unlimited' ? -1 : Number(limit))
}
