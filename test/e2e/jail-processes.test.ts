/** Ways to the processes outside of the jail: the daemon, its supervisor, and those of other commands of the same session. */
import { chmodSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALLOWED, attempt, bring, startJailed } from '../harness/jailed.ts'
import { childrenOf, descriptorsOf } from '../harness/processes.ts'
import type { Session } from '../harness/session.ts'
import { describeWith, inPath, programThere, rootUser } from '../toolchain/requirement.ts'

const PROGRAM = 'jail-processes'

interface Attempt {
  what: string
  words: readonly [string, ...string[]]
  /** EPERM unless said. */
  gets?: string
}

/** PID stands for the one that is attacked, FD for the first of its descriptors behind the three of everybody. */
const ATTEMPTS: readonly Attempt[] = [
  { what: 'ptrace', words: ['attaches', 'PID'] },
  { what: 'ptrace that stops nothing', words: ['seizes', 'PID'] },
  { what: 'process_vm_readv', words: ['reads-memory', 'PID'] },
  { what: 'process_vm_writev', words: ['writes-memory', 'PID'] },
  { what: 'pidfd_getfd', words: ['takes-descriptor', 'PID', '1'] },
  { what: 'kcmp', words: ['compares', 'PID'] },
  { what: 'reading its memory in /proc', words: ['opens', 'PID', 'mem'], gets: 'EACCES' },
  { what: 'writing its memory in /proc', words: ['opens-to-write', 'PID', 'mem'], gets: 'EACCES' },
  { what: 'its environment', words: ['opens', 'PID', 'environ'], gets: 'EACCES' },
  { what: 'its map of addresses', words: ['opens', 'PID', 'maps'], gets: 'EACCES' },
  { what: 'its control descriptors', words: ['opens', 'PID', 'fd/FD'], gets: 'EACCES' },
  { what: 'writing to them', words: ['opens-to-write', 'PID', 'fd/FD'], gets: 'EACCES' },
  { what: 'its root folder', words: ['opens', 'PID', 'root/etc/passwd'], gets: 'EACCES' },
  { what: 'its working folder', words: ['opens', 'PID', 'cwd/.'], gets: 'EACCES' },
  { what: 'its score for the OOM killer', words: ['opens-to-write', 'PID', 'oom_score_adj'], gets: 'EACCES' },
  { what: 'KILL', words: ['kills', 'PID'] },
  { what: 'KILL to a thread', words: ['kills-thread', 'PID'] },
  { what: 'KILL to a task', words: ['kills-task', 'PID'] },
  { what: 'KILL to its group', words: ['kills-group', 'PID'] },
  { what: 'KILL that is queued', words: ['queues-signal', 'PID'] },
  { what: 'KILL by a descriptor of it', words: ['kills-by-descriptor', 'PID'] },
  { what: 'a limit on its processor time', words: ['limits', 'PID'] },
  { what: 'its namespaces', words: ['enters', 'PID'] },
]

describeWith(
  [inPath('gcc'), rootUser(), programThere('/usr/bin/python3')],
  'processes outside of the jail',
  () => {
    let session: Session
    beforeAll(async () => {
      session = await startJailed({ runtime: 'python', runtimePath: '/usr/bin/python3' })
      bring(session, PROGRAM)
    })
    afterAll(() => session.end())

    const ofCommand = (part: RegExp) => {
      const found = childrenOf(session.pid).find(({ command }) => part.test(command))
      if (!found) throw new Error(`no process of ${part}`)
      return found.pid
    }
    const against = async (pid: number, { words: [name, ...rest], gets = 'EPERM' }: Attempt) => {
      const [fd] = [...descriptorsOf(pid).keys()].filter((number) => number > 2).sort((a, b) => a - b)
      const words = rest.map((word) => word.replace('PID', String(pid)).replace('FD', String(fd)))
      expect(await attempt(session, PROGRAM, name, ...words)).toBe(gets)
    }

    describe('the daemon', () => {
      test.each(ATTEMPTS)('$what is refused', (one) => against(session.pid, one))
    })

    describe('the supervisor', () => {
      test.each(ATTEMPTS)('$what is refused', (one) => against(ofCommand(/krunner-jail supervise/), one))
    })

    describe("the language's driver, from a batch step", () => {
      test.each(ATTEMPTS)('$what is refused', (one) => against(ofCommand(/driver/), one))
    })

    test('a signal that the kernel sends for its owner reaches nobody outside', async () => {
      expect(await attempt(session, PROGRAM, 'kills-by-owner', String(session.pid))).toBe(ALLOWED)
      expect((await session.status()).runtime).toBe('python')
    })

    test('kill -9 -1 ends what its own command has started, and nothing else', async () => {
      await session.run('kept = 1')
      const { exitCode } = await session.exec('sleep 60 & kill -9 -1; wait')
      expect(exitCode).toBe(0)
      expect((await session.run('kept')).stdout).toContain('1')
    })

    test('a program of root that says so gives nobody privileges', async () => {
      const program = bring(session, PROGRAM)
      chmodSync(program, 0o4755)
      chmodSync(session.folder, 0o755)
      expect(await attempt(session, PROGRAM, 'gets-privileges', program)).toBe('EPERM')
    })
  },
)
