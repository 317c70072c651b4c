import { describe, expect, test } from 'vitest'
import type { Policy } from '../../src/jail/policy.ts'
import { showProblem } from '../../src/jail/problem.ts'
import { tryPolicy } from './jail-policy-text.ts'

/** As images of the field have it. */
const OF_AN_IMAGE = `
whitelist_paths:
  OP_OPEN: ["*"]
  OP_ACCESS: ["*"]
  OP_EXEC: ["*"]
  OP_STAT: ["*"]
  OP_CHMOD: ["/home/work/*", "/tmp/*"]
exec_allowance: -1
fork_allowance: -1
max_child_procs: 32
extra_envs: []
preserved_env_keys: [
  "HOME", "PATH", "LANG",
  "LD_PRELOAD",
  # Python-specific
  "PYTHONPATH",
]

diff_to_default: true

# Following syscalls are blindly allowed.
# IMPORTANT: ptrace MUST NOT be included!
allowed_syscalls:
`

const WHOLE = `
whitelist_paths: { OP_OPEN: ["*"] }
exec_allowance: 0
fork_allowance: -1
max_child_procs: 32
allowed_syscalls: [read, write]
`

function problemsOf(text: string): string[] {
  return tryPolicy(text).problems.map(showProblem)
}

function values(entries: readonly { value: unknown }[] | undefined): unknown[] | undefined {
  return entries?.map(({ value }) => value)
}

describe('what images have', () => {
  test('is read as it is, an empty key as an empty list', () => {
    const { policy, problems } = tryPolicy(OF_AN_IMAGE)
    expect(problems).toEqual([])
    expect(policy?.maxChildProcs).toEqual({ value: 32, place: { file: 'policy.yml', line: 10 } })
    expect(values(policy?.paths.OP_OPEN)).toContain('*')
    expect(values(policy?.preservedEnvKeys)).toEqual(expect.arrayContaining(['PYTHONPATH', 'TERM']))
    expect(values(policy?.allowedSyscalls)).toContain('openat')
  })

  test.each(['OP_OPEN', 'OpOpen', 'op_open', 'open', 'Open'])(
    'an operation may be spelled %s',
    (spelling) => {
      const { policy, problems } = tryPolicy(WHOLE.replace('OP_OPEN', spelling))
      expect(problems).toEqual([])
      expect(values(policy?.paths.OP_OPEN)).toEqual(['*'])
    },
  )

  test('a policy that stands by itself has what it says and nothing else', () => {
    const { policy } = tryPolicy(WHOLE)
    expect(values(policy?.allowedSyscalls)).toEqual(['read', 'write'])
    expect(policy?.execAllowance.value).toBe(0)
    expect(policy?.paths.OP_WRITE).toBeUndefined()
    expect(policy?.refused.value).toBe('errno')
  })
})

describe('what is wrong is told by file, line and key, with the mend', () => {
  test.each([
    [
      'fork_allowance: many',
      "policy.yml:2: fork_allowance: 'many' stands here; it should be a whole number, or -1 for any number",
    ],
    [
      'max_child_procs: -2',
      "policy.yml:2: max_child_procs: '-2' stands here; it should be a whole number, or -1 for any number",
    ],
    [
      'exec_allowance: 1.5',
      "policy.yml:2: exec_allowance: '1.5' stands here; it should be a whole number, or -1 for any number",
    ],
    ['fork_alowance: 1', "policy.yml:2: fork_alowance: no key of a policy; did you mean 'fork_allowance'?"],
    ['zzz: 1', 'policy.yml:2: zzz: no key of a policy'],
    ['allowed_syscalls: read', "policy.yml:2: allowed_syscalls: 'read' stands here; it should be a list"],
    [
      'allowed_syscalls:\n  - read\n  - 7',
      "policy.yml:4: allowed_syscalls.1: '7' stands here; it should be text",
    ],
    [
      'allowed_syscalls:\n  - read\n  - opennat',
      "policy.yml:4: allowed_syscalls: 'opennat' is no system call; did you mean 'openat'?",
    ],
    ['allowed_syscalls: [frobnicate]', "policy.yml:2: allowed_syscalls: 'frobnicate' is no system call"],
    [
      'killed_syscalls: [ptraec]',
      "policy.yml:2: killed_syscalls: 'ptraec' is no system call; did you mean 'ptrace'?",
    ],
    [
      'whitelist_paths:\n  OP_OPNE: ["*"]',
      'policy.yml:3: whitelist_paths.OP_OPNE: no operation on paths; choose of OP_OPEN, OP_WRITE, OP_EXEC, OP_ACCESS, OP_STAT, OP_CHMOD',
    ],
    [
      'whitelist_paths:\n  OP_OPEN: ["*"]\n  open: ["/tmp/*"]',
      'policy.yml:4: whitelist_paths.open: OP_OPEN says the same operation already; put both lists in one',
    ],
    [
      'whitelist_paths:\n  OP_OPEN:\n    - "/usr/*"\n    - tmp',
      "policy.yml:5: whitelist_paths.OP_OPEN: 'tmp' is no absolute pattern; it begins with '/', '~/' or '*', such as '/home/work/*'",
    ],
    ['extra_envs:\n  - A=1\n  - B', "policy.yml:4: extra_envs.1: 'B' stands here; it should be NAME=VALUE"],
    ['refused: always', "policy.yml:2: refused: 'always' stands here; it should be errno or kill"],
    [
      'tcp_connect: [443, 70000]',
      "policy.yml:2: tcp_connect.1: '70000' stands here; it should be a port from 1 to 65535",
    ],
    [
      'limits: { nofiles: 3 }',
      "policy.yml:2: limits.nofiles: no resource with a limit; did you mean 'nofile'?",
    ],
    [
      'limits: { nofile: lots }',
      "policy.yml:2: limits.nofile: 'lots' stands here; it should be a whole number, or -1 for unlimited",
    ],
    [
      'allowed_syscalls: ["!mount"]',
      "policy.yml:2: allowed_syscalls: '!mount' takes away what is not inherited; leave it out, or write it as the default does",
    ],
  ])('%j', (text, message) => {
    const { policy, problems } = tryPolicy(`diff_to_default: true\n${text}\n`)
    expect(policy).toBeUndefined()
    expect(problems.map(showProblem).some((problem) => problem.startsWith(message))).toBe(true)
  })

  test('all problems of a file at once', () => {
    expect(
      problemsOf('diff_to_default: true\nfork_allowance: x\nextra: 1\nmax_child_procs: y\n'),
    ).toHaveLength(3)
  })

  test('what a policy that stands by itself does not say is named', () => {
    expect(problemsOf('fork_allowance: 1\nmax_child_procs: 3\n')).toEqual([
      "policy.yml:1: whitelist_paths: missing; say it, or 'diff_to_default: true' to take the default's",
      "policy.yml:1: exec_allowance: missing; say it, or 'diff_to_default: true' to take the default's",
      "policy.yml:1: allowed_syscalls: missing; say it, or 'diff_to_default: true' to take the default's",
    ])
  })

  test.each([
    ['a: [', /^policy\.yml:1: /],
    ['a: 1\nb: 2\na: 3', /^policy\.yml:3: .*unique/],
    ['- read\n- write', /^policy\.yml:1: this is a list; a policy is keys with values/],
    ['just text', /^policy\.yml:1: this is 'just text'/],
    ['diff_to_default: true\nallowed_syscalls:\n  - !setsid', /^policy\.yml:3: .*in quotes/],
    [aliases(), /^policy\.yml:1: .*alias/],
    ['\u0000', /^policy\.yml:1: /],
  ])('no YAML, or no policy: %j', (text, message) => {
    expect(tryPolicy(text).policy).toBeUndefined()
    expect(problemsOf(text)[0]).toMatch(message)
  })
})

describe('what is said in vain is a warning by name', () => {
  test.each([
    ['ptrace', /'ptrace' stays refused, no policy can allow it: it looks into other processes/],
    ['waitpid', /'waitpid' is a call of 32-bit programs, which are refused; it changes nothing/],
    ['futimens', /'futimens' is no system call; it changes nothing, name 'utimensat' instead/],
  ])('%s', (call, message) => {
    const { policy, problems } = tryPolicy(`diff_to_default: true\nallowed_syscalls: [${call}]\n`)
    expect(policy).toBeDefined()
    expect(problems).toHaveLength(1)
    expect(showProblem(problems[0] ?? never())).toMatch(message)
    expect(problems[0]).toMatchObject({ severity: 'warning', place: { line: 2 }, key: 'allowed_syscalls' })
  })

  test('a call that is to end the process, and without which no program ends', () => {
    expect(problemsOf('diff_to_default: true\nkilled_syscalls: [exit_group]\n')).toEqual([
      "policy.yml:2: warning: killed_syscalls: 'exit_group' stays allowed: no program starts or ends without it",
    ])
  })

  test('calls with a condition that cannot be said', () => {
    expect(problemsOf('diff_to_default: true\nconditionally_allowed_syscalls: [kill, bind]\n')).toHaveLength(
      2,
    )
    expect(problemsOf('diff_to_default: true\nconditionally_allowed_syscalls:\n')).toEqual([])
  })
})

describe('a difference to the default', () => {
  const diff = (text: string): Policy => tryPolicy(`diff_to_default: true\n${text}\n`).policy ?? never()

  test('lists add, numbers and words replace', () => {
    const policy = diff(
      'allowed_syscalls: [mbind, read]\nmax_child_procs: 7\nrefused: kill\nwhitelist_paths: { OP_OPEN: ["/data/*"] }',
    )
    const calls = values(policy.allowedSyscalls) ?? []
    expect(calls.filter((call) => call === 'read')).toHaveLength(1)
    expect(calls).toContain('mbind')
    expect(policy.maxChildProcs.value).toBe(7)
    expect(policy.forkAllowance.place.file).toMatch(/default\.yml$/)
    expect(values(policy.paths.OP_OPEN)).toEqual(expect.arrayContaining(['/usr/*', '/data/*']))
    expect(policy.refused.value).toBe('kill')
  })

  test("an entry with '!' takes the default's away", () => {
    const policy = diff('allowed_syscalls: ["!openat2", "!ioctl"]\nwhitelist_paths: { OP_EXEC: ["!/opt/*"] }')
    expect(values(policy.allowedSyscalls)).not.toContain('openat2')
    expect(values(policy.allowedSyscalls)).not.toContain('ioctl')
    expect(values(policy.paths.OP_EXEC)).not.toContain('/opt/*')
    expect(values(policy.paths.OP_OPEN)).toContain('/opt/*')
  })

  test('a variable of the same name is set anew, and its value may have an equals sign', () => {
    expect(diff('extra_envs: ["A=1", "B=x=y", "A=2"]').extraEnvs.map(({ value }) => value)).toEqual([
      { name: 'A', value: '2' },
      { name: 'B', value: 'x=y' },
    ])
  })
})

function never(): never {
  throw new Error('it is there')
}

/** Names for names for names, a billion values in the end. */
function aliases(): string {
  const lines = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x]'
      : `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
  )
  return lines.join('\n')
}
