/**
 * Podman gives containers more open files and processes than most have; root without CAP_SYS_RESOURCE, as in another
 * container, may not give more than it has itself, and no container would start. (Without root Podman looks itself.)
 */
import { readFileSync } from 'node:fs'

/** Of `linux/capability.h`. */
const CAP_SYS_RESOURCE = 24n

/** The hard limits of a process that may not raise them, as engines write them. */
export function fixedLimits(process = '/proc/self', pidMax = '/proc/sys/kernel/pid_max'): string[] {
  const [, capabilities = '0'] = /^CapEff:\t(\w+)$/m.exec(readFileSync(`${process}/status`, 'utf8')) ?? []
  if ((BigInt(`0x${capabilities}`) >> CAP_SYS_RESOURCE) & 1n) return []
  const table = readFileSync(`${process}/limits`, 'utf8')
  const hard = (row: string) => Number(new RegExp(`^${row} +\\S+ +(\\d+) `, 'm').exec(table)?.[1] ?? Infinity)
  // Podman first takes back from itself what is more than there can be processes.
  const processes = Math.min(hard('Max processes'), Number(readFileSync(pidMax, 'utf8')))
  return Object.entries({ nofile: hard('Max open files'), nproc: processes })
    .filter(([, limit]) => Number.isFinite(limit))
    .map(([name, limit]) => `${name}=${limit}:${limit}`)
}
