/** What a policy says and the kernel, or this one, cannot hold. Nothing of it is left unsaid. */
import { NEWEST_ABI, PORTS_SINCE, SCOPES_SINCE } from './landlock.ts'
import type { Machine } from './machine.ts'
import { isEverything } from './patterns.ts'
import type { PathOperation, Policy, Said } from './policy.ts'
import type { Problem } from './problem.ts'
import { countsForks } from './verdicts.ts'

/** By no kernel: which paths a program may ask about, and change the mode of. */
const NEVER_HELD: readonly [PathOperation, string][] = [
  ['OP_ACCESS', 'whether a file may be read or written can be asked of any path'],
  ['OP_STAT', 'that a file is there, its size, owner and times can be asked of any path'],
  ['OP_CHMOD', 'a program may change the mode of whatever its user owns, on any path'],
]

const LOST: readonly [since: number, what: string][] = [
  [2, 'files cannot be renamed or hard-linked from one folder to another at all (Landlock 2 can allow it)'],
  [3, 'a file outside of OP_WRITE that its user may write can be cut off by truncate (held from Landlock 3)'],
  [5, 'devices outside of OP_WRITE that can be opened take every ioctl (held from Landlock 5)'],
  [SCOPES_SINCE, 'signals and abstract Unix sockets reach processes outside the jail (held from Landlock 6)'],
]

export function unheld(policy: Policy, machine: Machine): Problem[] {
  return [
    ...NEVER_HELD.flatMap(([operation, why]) => pathWarnings(policy, operation, why)),
    ...landlockWarnings(policy, machine),
    ...portWarnings(policy, machine),
    ...(machine.isSupervised ? [] : countWarnings(policy)),
  ]
}

/** An empty list of OP_CHMOD refuses the calls themselves, which holds. */
function pathWarnings({ paths }: Policy, operation: PathOperation, why: string): Problem[] {
  const narrow = (paths[operation] ?? []).filter(({ value }) => !isEverything(value))
  const [first] = narrow
  if (!first) return []
  const patterns = narrow.map(({ value }) => `'${value}'`).join(', ')
  return [warning(first, `whitelist_paths.${operation}`, `${patterns} does not hold: ${why}`)]
}

function landlockWarnings({ paths }: Policy, { landlockAbi }: Machine): Problem[] {
  const [said] = paths.OP_OPEN ?? paths.OP_EXEC ?? []
  if (!said) return []
  if (landlockAbi < 1)
    return [warning(said, 'whitelist_paths', 'this kernel has no Landlock, so no path is held')]
  return LOST.filter(([since]) => landlockAbi < since).map(([, what]) =>
    warning(said, 'whitelist_paths', `this kernel has Landlock ${landlockAbi} of ${NEWEST_ABI}: ${what}`),
  )
}

function portWarnings({ tcpConnect, tcpListen }: Policy, { landlockAbi }: Machine): Problem[] {
  return Object.entries({ tcp_connect: tcpConnect, tcp_listen: tcpListen }).flatMap(([key, ports]) => {
    const [first] = ports ?? []
    if (!first || landlockAbi >= PORTS_SINCE) return []
    return [
      warning(first, key, `this kernel has Landlock ${landlockAbi}; ports are held from ${PORTS_SINCE}`),
    ]
  })
}

function countWarnings(policy: Policy): Problem[] {
  const why = 'nobody counts here, for no supervisor could be started'
  return [
    ...(policy.execAllowance.value >= 0 ? [warning(policy.execAllowance, 'exec_allowance', why)] : []),
    ...(countsForks(policy)
      ? [warning(policy.maxChildProcs, 'fork_allowance and max_child_procs', why)]
      : []),
  ]
}

function warning({ place }: Said<unknown>, key: string, message: string): Problem {
  return { severity: 'warning', place, key, message }
}
