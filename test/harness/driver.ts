import { childrenOf, descriptorsOf, type ProcessEntry } from './processes.ts'

/** The process that the daemon has started for the language: the leader of its own group, whose input the daemon writes. */
export function driverOf(daemon: number): ProcessEntry {
  const ours = new Set(descriptorsOf(daemon).values())
  const isFed = (pid: number) => {
    const input = descriptorsOf(pid).get(0)
    return input?.startsWith('pipe:') && ours.has(input)
  }
  const [driver, ...others] = childrenOf(daemon).filter(({ pid, group }) => pid === group && isFed(pid))
  if (!driver || others.length > 0)
    throw new Error(`not one driver, but ${driver ? others.length + 1 : 'none'}`)
  return driver
}
