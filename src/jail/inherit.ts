/**
 * A policy of its file and of what it differs from (`diff_to_default: true`): numbers and words replace the
 * default's, lists add to it, and an entry `!NAME` takes the default's entry NAME away.
 */
import type { PolicyDocument, Read } from './document.ts'
import { PATH_OPERATIONS, type PathOperation, type Place, type Policy, type Said } from './policy.ts'
import type { Problem } from './problem.ts'

/** What an entry `!NAME` takes away; undefined: it is an entry that adds. */
export function removed(entry: string): string | undefined {
  return entry.startsWith('!') ? entry.slice(1) : undefined
}

/** Without a default the document must stand by itself, which its reading has checked. */
export function inherit(document: PolicyDocument, base: Policy | undefined): Read<Policy> {
  const problems: Problem[] = []
  const merge = (key: string, inherited: readonly Said<string>[] | undefined, own: readonly Said<string>[]) =>
    merged(key, inherited ?? [], own, problems)
  const list = (
    key: 'preserved_env_keys' | 'allowed_syscalls' | 'traced_syscalls' | 'killed_syscalls',
    of?: readonly Said<string>[],
  ) => merge(key, of, document.list<string>(key) ?? [])
  const start: Place = { file: document.file, line: 1 }
  const path = (operation: PathOperation) => {
    const own = document.paths.get(operation)
    return own ? merge(`whitelist_paths.${operation}`, base?.paths[operation], own) : base?.paths[operation]
  }
  const policy: Policy = {
    paths: Object.fromEntries(
      PATH_OPERATIONS.map((operation) => [operation, path(operation)]),
    ) as Policy['paths'],
    execAllowance: document.value<number>('exec_allowance') ?? base?.execAllowance ?? said(-1, start),
    forkAllowance: document.value<number>('fork_allowance') ?? base?.forkAllowance ?? said(-1, start),
    maxChildProcs: document.value<number>('max_child_procs') ?? base?.maxChildProcs ?? said(-1, start),
    extraEnvs: variables(base?.extraEnvs ?? [], document.list<string>('extra_envs') ?? []),
    preservedEnvKeys: list('preserved_env_keys', base?.preservedEnvKeys),
    allowedSyscalls: list('allowed_syscalls', base?.allowedSyscalls),
    tracedSyscalls: list('traced_syscalls', base?.tracedSyscalls),
    refused: document.value<'errno' | 'kill'>('refused') ?? base?.refused ?? said('errno', start),
    killedSyscalls: list('killed_syscalls', base?.killedSyscalls),
    tcpConnect: document.list<number>('tcp_connect') ?? base?.tcpConnect,
    tcpListen: document.list<number>('tcp_listen') ?? base?.tcpListen,
    limits: { ...base?.limits, ...document.limits() },
  }
  return { result: problems.length > 0 ? undefined : policy, problems }
}

function said<T>(value: T, place: Place): Said<T> {
  return { value, place }
}

/** The order is the default's, then the document's own. */
function merged(
  key: string,
  inherited: readonly Said<string>[],
  own: readonly Said<string>[],
  problems: Problem[],
): readonly Said<string>[] {
  const entries = new Map(inherited.map((entry) => [entry.value, entry]))
  for (const entry of own) {
    const away = removed(entry.value)
    if (away === undefined) entries.set(entry.value, entries.get(entry.value) ?? entry)
    else if (!entries.delete(away))
      problems.push({
        severity: 'error',
        place: entry.place,
        key,
        message: `'!${away}' takes away what is not inherited; leave it out, or write it as the default does`,
      })
  }
  return [...entries.values()]
}

function variables(inherited: Policy['extraEnvs'], own: readonly Said<string>[]): Policy['extraEnvs'] {
  const byName = new Map(inherited.map((entry) => [entry.value.name, entry]))
  for (const { value: text, place } of own) {
    const [name = '', ...rest] = text.split('=')
    byName.set(name, { value: { name, value: rest.join('=') }, place })
  }
  return [...byName.values()]
}
