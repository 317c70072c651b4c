import { describe, expect, test } from 'vitest'
import { compilePolicy } from '../../src/jail/compile.ts'
import { shippedPolicies, shippedPolicy } from '../../src/jail/policy-files.ts'
import { decider } from '../../src/jail/verdicts.ts'
import { describedMachine } from './jail-machine.ts'

/** As an image has them, with what is nobody's business. */
const PATHS = [
  ...['/usr/', '/bin/', '/lib/', '/lib64/', '/opt/', '/etc/', '/etc/passwd', '/etc/shadow', '/etc/gshadow'],
  ...[
    '/etc/ssl/',
    '/etc/ssl/certs/',
    '/etc/ssl/private/',
    '/etc/ssh/',
    '/etc/ssh/ssh_host_rsa_key',
    '/etc/sudoers',
  ],
  ...[
    '/etc/backend.ai/',
    '/etc/krunner/',
    '/root/',
    '/root/.ssh/',
    '/home/',
    '/home/work/',
    '/home/other/',
    '/var/',
  ],
  ...[
    '/var/run/docker.sock',
    '/run/',
    '/run/secrets/',
    '/proc/',
    '/sys/',
    '/sys/kernel/',
    '/sys/kernel/debug/',
  ],
  ...[
    '/sys/kernel/mm/',
    '/dev/',
    '/dev/null',
    '/dev/tty',
    '/dev/pts/',
    '/dev/shm/',
    '/dev/mem',
    '/dev/sda',
    '/tmp/',
  ],
  ...['/var/tmp/', '/var/lib/', '/var/spool/cron/', '/home/config/', '/boot/'],
]
const SECRET = [
  ...[
    '/etc/shadow',
    '/etc/gshadow',
    '/etc/ssl/private',
    '/etc/ssh/ssh_host_rsa_key',
    '/etc/sudoers',
    '/root/.ssh',
  ],
  ...['/home/other', '/var/run/docker.sock', '/run/secrets', '/sys/kernel/debug', '/dev/mem', '/dev/sda'],
  ...['/var/spool/cron', '/home/config', '/boot'],
]
const WRITABLE = ['/home/work', '/tmp', '/var/tmp', '/dev/shm', '/dev/null', '/dev/tty', '/dev/pts']

describe.each(shippedPolicies())('the policy %s', (name) => {
  const policy = shippedPolicy(name)
  const rules = compilePolicy(policy, describedMachine(PATHS, { isSupervised: true })).landlock?.paths ?? []
  const above = (path: string) =>
    rules.filter((rule) => path === rule.path || path.startsWith(`${rule.path}/`) || rule.path === '/')

  test.each(SECRET)('keeps %s', (path) => {
    expect(above(path)).toEqual([])
  })

  test('lets programs write where they are to, and nowhere else', () => {
    const writable = rules.filter(({ access }) => access.includes('write_file')).map(({ path }) => path)
    expect(writable.sort()).toEqual([...WRITABLE].sort())
  })

  test('holds the number of processes, dumps no core', () => {
    expect(policy.maxChildProcs.value).toBeGreaterThan(31)
    expect(policy.maxChildProcs.value).toBeLessThanOrEqual(512)
    expect(policy.limits.core?.value).toBe(0)
  })

  test.each([
    'memfd_secret',
    'process_madvise',
    'landlock_restrict_self',
    'set_thread_area',
    'capset',
    'setgroups',
  ])('has no use for %s', (call) => {
    expect(decider(policy, true)(call)).toBe('refuse')
  })
})

test('a runtime says only what the default does not', () => {
  const inherited = new Set(shippedPolicy(undefined).allowedSyscalls.map(({ value }) => value))
  for (const name of shippedPolicies().filter((other) => other !== 'default')) {
    const own = shippedPolicy(name).allowedSyscalls.filter(({ place }) => place.file.endsWith(`/${name}.yml`))
    expect([name, own.filter(({ value }) => inherited.has(value))]).toEqual([name, []])
  }
})
