/** When a session has a jail, with which policy, and what becomes of it where the kernel cannot hold it. */
import { expect, onTestFinished, test } from 'vitest'
import { compiled } from '../fixtures/compiled.ts'
import { attempt, bring, startJailed } from '../harness/jailed.ts'
import { KRUNNER, krunner, temporaryFolder } from '../harness/krunner.ts'
import { openSession, type Session, type SessionOptions } from '../harness/session.ts'
import { describeWith, inPath, rootUser } from '../toolchain/requirement.ts'

const SHADOW = ['jail-files', 'reads', '/etc/shadow'] as const

async function start(options: Partial<SessionOptions>): Promise<Session> {
  const session = await openSession({ runtime: 'app', isHome: true, ...options })
  bring(session, 'jail-files')
  bring(session, 'jail-kernel')
  return session
}

async function jailed(options: Partial<SessionOptions>): Promise<Session> {
  const session = await startJailed(options)
  onTestFinished(() => session.end())
  bring(session, 'jail-files')
  bring(session, 'jail-kernel')
  return session
}

describeWith([inPath('gcc'), rootUser()], 'a jail is asked for', () => {
  test('by nobody: there is none', async () => {
    expect(await attempt(await start({}), ...SHADOW)).toBe('allowed')
  })

  test.each(['--jail', '--jail=on', '--jail=best-effort'])('by %s', async (option) => {
    expect(await attempt(await start({ args: [option] }), ...SHADOW)).toBe('EACCES')
  })

  test("by the environment of the session's start, or environ.txt", async () => {
    const env = { ...process.env, KRUNNER_JAIL: 'on' }
    expect(await attempt(await start({ env }), ...SHADOW)).toBe('EACCES')
    const configFiles = { 'environ.txt': 'KRUNNER_JAIL=best-effort\n' }
    expect(await attempt(await start({ configFiles }), ...SHADOW)).toBe('EACCES')
  })

  test('and what is asked for in another place does not weaken it', async () => {
    const env = { ...process.env, KRUNNER_JAIL: 'off' }
    const configFiles = { 'environ.txt': 'KRUNNER_JAIL=off\n' }
    expect(await attempt(await start({ args: ['--jail'], env, configFiles }), ...SHADOW)).toBe('EACCES')
  })

  test('with a policy of its own', async () => {
    const policy = `${temporaryFolder({ 'policy.yml': 'diff_to_default: true\nwhitelist_paths:\n  OP_OPEN: ["/etc/shadow"]\n' })}/policy.yml`
    expect(await attempt(await start({ args: ['--jail', '--policy', policy] }), ...SHADOW)).toBe('allowed')
  })

  test('with a policy that cannot be read: the runner says why and does not start', async () => {
    const policy = `${temporaryFolder({ 'policy.yml': 'allowed_syscalls: [read, wirte]\n' })}/policy.yml`
    const { exitCode, stderr, stdout } = await krunner('serve', 'app', '--jail', '--policy', policy)
    expect([exitCode === 0, stdout]).toEqual([false, ''])
    expect(stderr).toMatch(/policy\.yml:1.*wirte/s)
  })

  test('and services are in it too', async () => {
    const session = await jailed({
      definitions: {
        shadow: { command: ['/bin/sh', '-c', 'cat /etc/shadow > read 2>&1'], noop: false },
      },
    })
    session.write({ read: '' })
    const outcome = await session.client.startService({
      name: 'shadow',
      port: 9,
      ports: [9],
      protocol: 'tcp',
    })
    expect(outcome.status).not.toBe('started')
    expect((await session.exec('cat read')).stdout).toMatch(/denied/)
  })
})

const WITHOUT = compiled('without.c')
const LACKING = [
  { what: 'landlock', says: /Landlock is not there/, gets: ['allowed', 'EPERM'] },
  { what: 'seccomp', says: /seccomp is not there/, gets: ['EACCES', 'allowed'] },
  { what: 'notifications', says: /user notification is not there/, gets: ['EACCES', 'EPERM'] },
]

describeWith([inPath('gcc'), rootUser()], 'where the kernel cannot hold a jail', () => {
  test.each(LACKING)('for want of $what, the runner says so and does not start', async ({ what, says }) => {
    await expect(
      openSession({ runtime: 'app', args: ['--jail'], program: [WITHOUT, what, KRUNNER] }),
    ).rejects.toThrow(says)
  })

  test.each(LACKING)(
    'for want of $what, --jail=best-effort holds the rest, and tells',
    async ({ what, says, gets }) => {
      const logs: string[] = []
      const session = await start({
        args: ['--jail=best-effort'],
        program: [WITHOUT, what, KRUNNER],
        onStderr: (text) => logs.push(text),
      })
      expect(await attempt(session, ...SHADOW)).toBe(gets[0])
      expect(await attempt(session, 'jail-kernel', 'fixes-addresses')).toBe(gets[1])
      expect(logs.join('')).toMatch(says)
    },
  )
})
