/** What of this kernel a jail can be made of: what is asked is tried, as a container's own filter may forbid it. */
import { join } from 'node:path'
import { capture } from '../process/capture.ts'
import { DIST } from '../tree.ts'

export const LAUNCHER = join(DIST, 'native', 'krunner-jail')

/** Of a program that does five system calls, ms. */
const LONGEST = 10_000

export interface Kernel {
  /** 0: there is none. */
  readonly landlockAbi: number
  readonly hasSeccomp: boolean
  /** Another program can be asked about a call (Linux 5.0), and nobody is yet. */
  readonly canNotify: boolean
}

/** Throws SPAWN where the launcher is not there. */
export async function probeKernel(): Promise<Kernel> {
  const options = { argv: [LAUNCHER, 'probe'] as const, env: {}, cwd: '/', isOurs: true }
  const { out } = await capture(options, AbortSignal.timeout(LONGEST))
  const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(out)?.[1] ?? 0)
  return {
    landlockAbi: value('landlock'),
    hasSeccomp: value('seccomp') === 1,
    canNotify: value('notifies') === 1,
  }
}
