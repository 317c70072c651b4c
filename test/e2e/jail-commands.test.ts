import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shippedPolicies } from '../../src/jail/policy-files.ts'
import { allRuntimes } from '../../src/runtime/registry.ts'
import { krunner, temporaryFolder } from '../harness/krunner.ts'

const TYPO = 'diff_to_default: true\nallowed_syscalls:\n  - mbind\n  - opennat\n'
const IN_VAIN = 'diff_to_default: true\nallowed_syscalls: [ptrace]\nwhitelist_paths:\n  OP_STAT: ["/tmp/*"]\n'

function policy(text: string): string {
  const file = join(temporaryFolder(), 'policy.yml')
  writeFileSync(file, text)
  return file
}

test('each runtime has a policy of its own', async () => {
  const names = (await allRuntimes()).map(({ runtime }) => runtime.name)
  expect(shippedPolicies()).toEqual([...names, 'default'].sort())
})

describe('krunner jail check', () => {
  test('finds nothing to say of the policies that come with it', async () => {
    const { stdout, exitCode } = await krunner('jail', 'check', ...shippedPolicies())
    expect(stdout.split('\n')).toEqual(shippedPolicies().map((name) => `${name}: good`))
    expect(exitCode).toBe(0)
  })

  test('exits with 1 where a policy cannot be used, and says the place', async () => {
    const [bad, good] = [policy(TYPO), policy('diff_to_default: true\n')]
    const { stdout, exitCode } = await krunner('jail', 'check', good, bad)
    expect(stdout).toBe(
      `${good}: good\n${bad}:4: allowed_syscalls: 'opennat' is no system call; did you mean 'openat'?`,
    )
    expect(exitCode).toBe(1)
  })

  test('what does not hold is a warning, and no failure', async () => {
    const { stdout, exitCode } = await krunner('jail', 'check', policy(IN_VAIN))
    expect(stdout).toContain("policy.yml:2: warning: allowed_syscalls: 'ptrace' stays refused")
    expect(stdout).toContain("policy.yml:4: warning: whitelist_paths.OP_STAT: '/tmp/*' does not hold")
    expect(exitCode).toBe(0)
  })

  test('says the same to programs', async () => {
    const bad = policy(TYPO)
    const { stdout, exitCode } = await krunner('jail', 'check', '--json', bad)
    expect(JSON.parse(stdout)).toEqual([
      {
        policy: bad,
        usable: false,
        problems: [
          {
            severity: 'error',
            place: { file: bad, line: 4 },
            key: 'allowed_syscalls',
            message: "'opennat' is no system call; did you mean 'openat'?",
          },
        ],
      },
    ])
    expect(exitCode).toBe(1)
  })

  test.each([[[]], [['/not/there.yml']], [['/tmp']]])(
    'exits with 2 where there is nothing to check: %j',
    async (args) => {
      const { stderr, exitCode } = await krunner('jail', 'check', ...args)
      expect(stderr).not.toBe('')
      expect(exitCode).toBe(2)
    },
  )
})

describe('krunner jail explain', () => {
  test('says what is allowed and what not, with the lines that say so', async () => {
    const mine = policy(
      'diff_to_default: true\nallowed_syscalls:\n  - mbind\nkilled_syscalls: [keyctl]\nmax_child_procs: 9\n',
    )
    const { stdout, exitCode } = await krunner('jail', 'explain', '--landlock', '7', mine)
    expect(stdout).toMatch(/policy\.yml:3 {2}mbind/)
    expect(stdout).toMatch(/default\.yml:\d+-\d+ {2}read readv/)
    expect(stdout).toMatch(/keyctl {2}\(policy\.yml:4\)/)
    expect(stdout).toMatch(/it loads code into the kernel:\n {4}.*finit_module/)
    expect(stdout).toMatch(/max_child_procs: 9 processes at a time in a session {2}\(policy\.yml:5\)/)
    expect(stdout).not.toContain('What does not hold')
    expect(exitCode).toBe(0)
  })

  test('says what an older kernel does not hold', async () => {
    const { stdout } = await krunner('jail', 'explain', '--landlock', '0', 'python')
    expect(stdout).toMatch(/What does not hold\n.*this kernel has no Landlock, so no path is held/)
  })

  test('an image is explained on its runtime', async () => {
    const mine = policy('diff_to_default: true\n')
    const { stdout } = await krunner('jail', 'explain', '--runtime', 'java', mine)
    expect(stdout).toContain('java.yml:')
  })

  test.each([
    ['x86_64', /if == 0xc000003e/],
    ['aarch64', /if == 0xc00000b7/],
  ])('shows the program of %s', async (architecture, line) => {
    const { stdout, exitCode } = await krunner('jail', 'explain', 'lua', '--program', '--arch', architecture)
    expect(stdout).toMatch(line)
    expect(stdout).toMatch(/return NOTIFY/)
    expect(exitCode).toBe(0)
  })

  test('a runtime that there is not is told with those that there are', async () => {
    const { stderr, exitCode } = await krunner('jail', 'explain', '--runtime', 'cobol', 'default')
    expect(stderr).toMatch(/there is no runtime type 'cobol'; choose one of app, c, cpp,/)
    expect(exitCode).toBe(2)
  })

  test('a policy that cannot be used is told as check tells it', async () => {
    const { stderr, exitCode } = await krunner('jail', 'explain', policy(TYPO))
    expect(stderr).toContain("policy.yml:4: allowed_syscalls: 'opennat' is no system call")
    expect(exitCode).toBe(2)
  })
})
