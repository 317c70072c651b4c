/** What a jail counts: processes, programs, descriptors, and the bytes of files. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bring, startJailed } from '../harness/jailed.ts'
import { KRUNNER, temporaryFolder } from '../harness/krunner.ts'
import { childrenOf } from '../harness/processes.ts'
import type { Session, SessionOptions } from '../harness/session.ts'
import { until } from '../harness/until.ts'
import { describeWith, inPath, rootUser } from '../toolchain/requirement.ts'

const MOST = 40

/** A session whose policy says this beside what comes with us. */
async function startWith(policy: string, options: Partial<SessionOptions> = {}) {
  const text = `diff_to_default: true\npreserved_env_keys: [KRUNNER_TEST_SESSION]\n${policy}\n`
  const folder = temporaryFolder({ 'policy.yml': text })
  const session = await startJailed(options, `${folder}/policy.yml`)
  const logs: string[] = []
  session.client.onResult((result) => {
    if (result.type === 'log') logs.push(result.text)
  })
  onTestFinished(() => session.end())
  return { session, logs }
}

function supervisorOf(session: Session) {
  const found = childrenOf(session.pid).find(({ command }) => command.includes('krunner-jail supervise'))
  if (!found) throw new Error('there is no supervisor')
  return found
}

describeWith([inPath('gcc')], 'what a jail counts', () => {
  test.each(['', 'zombies'])(
    'a fork bomb is held at max_child_procs, the runner answers, and ends it (%s)',
    async (kind) => {
      const { session, logs } = await startWith(`max_child_procs: ${MOST}`)
      bring(session, 'fork-bomb')
      const bomb = session.exec(`exec ./fork-bomb ${kind}`)
      await until('it is told', () => logs.some((text) => /fork-bomb.*max_child_procs is 40/.test(text)))
      for (let look = 0; look < 20; look++) {
        expect(session.processes.length).toBeLessThanOrEqual(MOST)
        await session.status()
      }
      if (kind === '') expect(session.processes.length).toBe(MOST)
      await session.client.interrupt()
      expect((await bomb).exitCode).toBe(130)
      await until('they are gone', () => session.processes.length === 0)
      expect((await session.exec('echo $(echo next)')).stdout).toBe('next\n')
    },
  )

  test('what has ended does not count: hundreds of processes, one after the other', async () => {
    const { session } = await startWith('max_child_procs: 3')
    bring(session, 'makes-processes')
    expect((await session.exec('exec ./makes-processes 500')).stdout).toBe('500 none\n')
  })

  test('fork_allowance holds for all that a command starts, and each command has its own', async () => {
    const { session, logs } = await startWith('fork_allowance: 5')
    bring(session, 'makes-processes')
    for (const _ of [1, 2]) {
      // The shell's own fork is one of them.
      const { stdout } = await session.exec('./makes-processes 10; echo "of a child"')
      expect(stdout).toBe('4 EPERM\nof a child\n')
    }
    expect(logs.filter((text) => /fork_allowance is 5; clone got EPERM/.test(text))).toHaveLength(1)
  })

  test('exec_allowance counts the programs beyond the command itself', async () => {
    const { session, logs } = await startWith('exec_allowance: 3')
    bring(session, 'makes-processes')
    expect((await session.exec('exec ./makes-processes 10 exec')).stdout).toBe('2 EPERM\n')
    expect(logs.filter((text) => /exec_allowance is 3; execve got EPERM/.test(text))).toHaveLength(1)
  })

  test('a program that opens without end gets EMFILE at the limit, and the runner goes on', async () => {
    const { session } = await startWith('limits: {nofile: 256}')
    bring(session, 'opens-until-refused')
    expect((await session.exec('./opens-until-refused')).stdout).toBe('253 EMFILE\n')
    expect((await session.status()).runtime).toBe('app')
  })

  test('nobody raises a limit again, root neither', async () => {
    const { session } = await startWith('limits: {nofile: 256}')
    const { exitCode, stderr } = await session.exec('ulimit -H -n 1024')
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(/not permitted/)
  })

  test('a file is no larger than fsize', async () => {
    const { session } = await startWith('limits: {fsize: 1048576}')
    const { exitCode } = await session.exec('exec head -c 2000000 /dev/zero > "$TMPDIR/large"')
    expect(exitCode).toBe(128 + 25)
    expect((await session.exec('wc -c < "$TMPDIR/large"; rm "$TMPDIR/large"')).stdout.trim()).toBe('1048576')
  })

  test('where its supervisor dies, what was held fails, the log says so, and the next command has another', async () => {
    const { session, logs } = await startWith(`max_child_procs: ${MOST}`)
    const before = supervisorOf(session)
    const step = session.exec('read line; (echo made) || echo refused')
    await until('it waits', () => session.processes.some(({ command }) => command.includes('read line')))
    process.kill(before.pid, 'SIGKILL')
    await until('it is told', () => logs.some((text) => /the supervisor was killed by SIGKILL/.test(text)))
    await session.client.input('go')
    expect((await step).stdout).not.toContain('made')
    expect((await session.exec('(echo made)')).stdout).toBe('made\n')
    expect(supervisorOf(session).pid).not.toBe(before.pid)
  })

  test('a policy that kills ends who makes a refused call, and says which', async () => {
    const { session, logs } = await startWith('refused: kill')
    bring(session, 'jail-kernel')
    const { exitCode } = await session.exec('exec ./jail-kernel loads-bpf')
    expect(exitCode).toBe(128 + 9)
    expect(logs).toContain(
      `jail: ${session.path('jail-kernel')} called bpf, for which the policy ends it: it was killed`,
    )
  })

  test('a policy that kills for one call refuses the others', async () => {
    const { session } = await startWith('killed_syscalls: [bpf]')
    bring(session, 'jail-kernel')
    expect((await session.exec('exec ./jail-kernel loads-bpf')).exitCode).toBe(128 + 9)
    expect((await session.exec('exec ./jail-kernel reads-keyring')).stdout).toBe('EPERM\n')
  })
})

/** 16 MiB of memory take the place of the folder for temporary files, for the runner and what it starts alone. */
const SMALL_DISK = [
  'unshare',
  '-m',
  'sh',
  '-c',
  'mount -t tmpfs -o size=16m none "$TMPDIR" && exec "$@"',
  'sh',
]

describeWith([inPath('unshare'), rootUser()], 'a full disk', () => {
  let session: Session
  beforeAll(async () => {
    session = await startJailed({ program: ['unshare', ...SMALL_DISK, KRUNNER] })
  })
  afterAll(() => session.end())

  describe('of temporary files', () => {
    test('is the error of who fills it, and the runner serves on', async () => {
      const { exitCode, stderr } = await session.exec('exec dd if=/dev/zero of="$TMPDIR/all" bs=1M')
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/No space left/)
      expect((await session.exec('echo served')).stdout).toBe('served\n')
      expect((await session.exec('rm "$TMPDIR/all"')).exitCode).toBe(0)
    })
  })
})
