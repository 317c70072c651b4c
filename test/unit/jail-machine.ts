/** A machine that is only described, for compilers of policies. */
import type { Machine } from '../../src/jail/machine.ts'

/** Paths that end with `/` are folders. */
export function describedMachine(paths: readonly string[], more: Partial<Machine> = {}): Machine {
  const kinds = new Map<string, 'file' | 'folder'>([['/', 'folder']])
  for (const path of paths) kinds.set(path.replace(/(?<=.)\/$/, ''), path.endsWith('/') ? 'folder' : 'file')
  return {
    architecture: 'x86_64',
    landlockAbi: 7,
    isSupervised: false,
    work: '/home/work',
    home: '/home/work',
    ours: [],
    expand: (pattern) => [...kinds.keys()].filter((path) => matches(pattern, path)),
    kind: (path) => kinds.get(path),
    ...more,
  }
}

const WILD: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]' }

function matches(pattern: string, path: string): boolean {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => WILD[part] ?? part.replaceAll(/[.+()^${}|]/g, '\\$&'))
    .join('')
  return new RegExp(`^${source}$`).test(path)
}
