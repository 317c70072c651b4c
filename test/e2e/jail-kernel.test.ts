/** What user code asks the kernel for in vain. Each is tried in the jail, and where it does no harm beside it. */
import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { constants } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compiled } from '../fixtures/compiled.ts'
import { attempt, attemptFreely, bring, startJailed } from '../harness/jailed.ts'
import type { Session } from '../harness/session.ts'
import { describeWith, inPath, rootUser } from '../toolchain/requirement.ts'

const PROGRAM = 'jail-kernel'

interface Attempt {
  what: string
  name: string
  /** EPERM unless said. */
  gets?: string
  /** It would do something to this machine. */
  isHarmful?: true
}

const ATTEMPTS: readonly Attempt[] = [
  { what: 'a user namespace by unshare', name: 'unshares-user' },
  { what: 'a mount namespace by unshare', name: 'unshares-mounts' },
  { what: 'a user namespace by clone', name: 'clones-user' },
  { what: 'a network namespace by clone', name: 'clones-network' },
  { what: 'a user namespace by clone3, whose flags no filter sees', name: 'clones-3', gets: 'ENOSYS' },
  { what: 'mount', name: 'mounts', isHarmful: true },
  { what: 'a bind mount', name: 'binds', isHarmful: true },
  { what: 'open_tree', name: 'opens-tree', isHarmful: true },
  { what: 'fsopen', name: 'opens-file-system' },
  { what: 'chroot', name: 'changes-root', isHarmful: true },
  { what: 'pivot_root', name: 'pivots', isHarmful: true },
  { what: 'umount', name: 'unmounts', isHarmful: true },
  { what: 'bpf', name: 'loads-bpf' },
  { what: 'perf_event_open', name: 'watches-performance' },
  { what: 'userfaultfd', name: 'handles-faults' },
  { what: 'add_key', name: 'adds-key' },
  { what: 'keyctl', name: 'reads-keyring' },
  { what: 'request_key', name: 'requests-key' },
  { what: 'personality, for addresses that can be foretold', name: 'fixes-addresses' },
  { what: 'personality, for a page at address 0', name: 'maps-page-zero' },
  { what: 'a module of the kernel', name: 'loads-module' },
  { what: 'kexec', name: 'loads-kernel' },
  { what: 'reboot', name: 'reboots' },
  { what: 'clock_settime', name: 'sets-clock', isHarmful: true },
  { what: 'settimeofday', name: 'sets-time', isHarmful: true },
  { what: 'swapon', name: 'swaps' },
  { what: "the kernel's log", name: 'reads-kernel-log' },
  { what: 'process accounting', name: 'counts-processes' },
  { what: 'sethostname', name: 'names-host' },
  { what: 'fanotify', name: 'watches-files' },
  { what: 'a raw socket', name: 'opens-raw-socket' },
  { what: 'a packet socket', name: 'opens-packet-socket' },
  { what: 'a socket to the host of a virtual machine', name: 'opens-virtual-machine-socket' },
  { what: 'a socket of the crypto interface', name: 'opens-crypto-socket' },
  { what: 'typing into a terminal by TIOCSTI', name: 'types' },
  { what: 'input and output ports', name: 'reaches-ports' },
  { what: 'modify_ldt', name: 'makes-segments' },
  { what: 'a 32-bit call by int 0x80', name: 'calls-as-32-bit' },
  { what: 'a call by its x32 number', name: 'calls-as-x32' },
]

describeWith([inPath('gcc'), rootUser()], 'the kernel, from the jail', () => {
  let session: Session
  const logs: string[] = []
  beforeAll(async () => {
    session = await startJailed()
    session.client.onResult((result) => {
      if (result.type === 'log') logs.push(result.text)
    })
    bring(session, PROGRAM)
  })
  afterAll(() => session.end())

  test.each(ATTEMPTS)('$what is refused', async ({ name, gets = 'EPERM', isHarmful }) => {
    expect(await attempt(session, PROGRAM, name, '/mnt')).toBe(gets)
    if (!isHarmful) expect(attemptFreely(PROGRAM, name, '/mnt')).not.toBe(gets)
  })

  test.runIf(process.arch === 'x64')('a 32-bit program can do nothing, nor exit', async () => {
    const program = compiled('says-allowed-in-32-bit.c', 'c of 32 bit')
    copyFileSync(program, session.path('of-32-bit'))
    const { stdout, exitCode } = await session.exec('exec ./of-32-bit')
    expect([stdout, exitCode]).toEqual(['', 128 + constants.signals.SIGILL])
    const free = spawnSync(program, { encoding: 'utf8' })
    expect([free.stdout, free.status]).toEqual(['allowed\n', 7])
  })

  describe('the log', () => {
    const told = (call: string) => logs.filter((text) => text.includes(PROGRAM) && text.includes(call))

    test('says once which call of which program was refused', async () => {
      for (const call of ['bpf', 'keyctl', 'userfaultfd', 'unshare']) {
        expect(told(`called ${call},`)).toEqual([
          `jail: ${session.path(PROGRAM)} called ${call}, which the policy does not allow: it got EPERM`,
        ])
      }
    })

    test('names calls of other interfaces as such', () => {
      expect(told('another architecture')).toHaveLength(1)
      expect(told('the x32 interface')).toHaveLength(1)
    })

    test("has come before its step's end, which waits for nothing", async () => {
      const before = logs.length
      bring(session, 'jail-files')
      await session.exec('./jail-files by-io-uring')
      expect(logs.slice(before)).toEqual([expect.stringContaining('called io_uring_setup')])
    })
  })
})
