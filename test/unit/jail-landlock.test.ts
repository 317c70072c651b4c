import { describe, expect, test } from 'vitest'
import { compilePolicy } from '../../src/jail/compile.ts'
import type { Machine } from '../../src/jail/machine.ts'
import type { AccessRight } from '../../src/jail/program.ts'
import { describedMachine } from './jail-machine.ts'
import { parsePolicy } from './jail-policy-text.ts'

const PATHS = [
  '/usr/',
  '/etc/',
  '/etc/passwd',
  '/etc/shadow',
  '/etc/a.conf',
  '/etc/b.conf',
  '/lib/',
  '/lib64/',
  '/tmp/',
  '/srv/job/',
  '/srv/job/data/',
  '/root/',
  '/root/.cache/',
  '/usr/lib/python3/site/',
  '/usr/lib/python4/site/',
  '/dev/null',
]
const READ = ['read_file', 'read_dir']
const OF_FILES = ['execute', 'write_file', 'read_file', 'truncate', 'ioctl_dev']

function reach(paths: string, more: Partial<Machine> = {}): Record<string, readonly AccessRight[]> {
  const policy = parsePolicy(`
whitelist_paths: ${paths}
exec_allowance: -1
fork_allowance: -1
max_child_procs: -1
allowed_syscalls: [read]
`)
  const program = compilePolicy(policy, describedMachine(PATHS, { isSupervised: true, ...more }))
  return Object.fromEntries((program.landlock?.paths ?? []).map(({ path, access }) => [path, access]))
}

describe('what a pattern can mean', () => {
  test.each([
    ['/usr/*', ['/usr']],
    ['/usr/**', ['/usr']],
    ['/usr/', ['/usr']],
    ['/usr', ['/usr']],
    ['*', ['/']],
    ['/*', ['/']],
    ['**', ['/']],
    ['/', ['/']],
    ['/etc/passwd', ['/etc/passwd']],
    ['/etc/*.conf', ['/etc/a.conf', '/etc/b.conf']],
    ['/lib*/*', ['/lib', '/lib64']],
    ['/usr/lib/python?/site/*', ['/usr/lib/python3/site', '/usr/lib/python4/site']],
    ['/home/work/*', ['/srv/job']],
    ['/home/work', ['/srv/job']],
    ['/home/work/data/*', ['/srv/job/data']],
    ['~/.cache/*', ['/root/.cache']],
    ['/not/there/*', []],
    ['/not/the*', []],
    ['/home/workers/*', []],
  ])('%s is %j', (pattern, paths) => {
    const found = reach(`{ OP_OPEN: ["${pattern}"], OP_WRITE: [] }`, { work: '/srv/job', home: '/root' })
    expect(Object.keys(found)).toEqual(paths)
  })
})

describe('what an operation grants', () => {
  test('reading only, where writing is said apart', () => {
    const found = reach('{ OP_OPEN: ["/usr/*", "/etc/passwd"], OP_WRITE: ["/tmp/*"], OP_EXEC: ["/usr/*"] }')
    expect(found['/usr']).toEqual(['execute', ...READ])
    expect(found['/etc/passwd']).toEqual(['read_file'])
    expect(found['/tmp']).toEqual(
      expect.arrayContaining([...READ, 'write_file', 'make_reg', 'remove_file', 'refer', 'truncate']),
    )
    expect(found['/tmp']).not.toContain('execute')
    expect(found['/etc/shadow']).toBeUndefined()
  })

  test('writing too, where a policy knows no OP_WRITE', () => {
    expect(reach('{ OP_OPEN: ["/tmp/*"] }')['/tmp']).toContain('write_file')
  })

  test('a file gets what a file can have', () => {
    const found = reach('{ OP_OPEN: ["/dev/null"], OP_EXEC: ["/dev/null"] }')
    expect(found['/dev/null']).toEqual(OF_FILES)
  })

  test('nobody makes devices', () => {
    const found = reach('{ OP_OPEN: ["*"], OP_EXEC: ["*"] }')
    expect(found['/']).not.toContain('make_char')
    expect(found['/']).not.toContain('make_block')
  })

  test('our own files are there whatever a policy says', () => {
    const ours = [
      { path: '/usr/', isWritable: false },
      { path: '/tmp', isWritable: true },
      { path: '/gone', isWritable: false },
    ].map((one) => ({ ...one, path: one.path.replace(/\/$/, '') }))
    const found = reach('{ OP_OPEN: [] }', { ours })
    expect(found['/usr']).toEqual(['execute', ...READ])
    expect(found['/tmp']).toContain('write_file')
    expect(Object.keys(found)).toHaveLength(2)
  })
})

describe('what each version of Landlock has', () => {
  const PORTS = parsePolicy(`
diff_to_default: true
tcp_connect: [443, 80]
tcp_listen: [80]
`)
  const compiled = (landlockAbi: number) =>
    compilePolicy(PORTS, describedMachine(PATHS, { landlockAbi, isSupervised: true }))

  test.each([
    [1, 13, [], 0, [/renamed or hard-linked/, /truncate/, /ioctl/, /signals/, /tcp_connect/, /tcp_listen/]],
    [2, 14, [], 0, [/truncate/, /ioctl/, /signals/, /tcp_connect/, /tcp_listen/]],
    [3, 15, [], 0, [/ioctl/, /signals/, /tcp_connect/, /tcp_listen/]],
    [4, 15, ['bind_tcp', 'connect_tcp'], 0, [/ioctl/, /signals/]],
    [5, 16, ['bind_tcp', 'connect_tcp'], 0, [/signals/]],
    [6, 16, ['bind_tcp', 'connect_tcp'], 2, []],
    [7, 16, ['bind_tcp', 'connect_tcp'], 2, []],
    [99, 16, ['bind_tcp', 'connect_tcp'], 2, []],
  ])('version %i', (abi, files, ports, scopes, warnings) => {
    const { landlock, warnings: told } = compiled(abi)
    expect(landlock?.handledFiles).toHaveLength(files)
    expect(landlock?.handledPorts).toEqual(ports)
    expect(landlock?.scopes).toHaveLength(scopes)
    // No rule grants what is not handled: the kernel refuses such a rule.
    const granted = landlock?.paths.flatMap(({ access }) => access) ?? []
    expect(granted.filter((right) => !landlock?.handledFiles.includes(right))).toEqual([])
    expect(told).toHaveLength(warnings.length)
    for (const [index, warning] of warnings.entries()) expect(told[index]).toMatch(warning)
  })

  test('none at all: there is no rule set, and what is not held is told', () => {
    const { landlock, warnings } = compiled(0)
    expect(landlock).toBeUndefined()
    expect(warnings[0]).toMatch(
      /default\.yml:\d+: warning: whitelist_paths: this kernel has no Landlock, so no path is held/,
    )
  })

  test('ports', () => {
    expect(compiled(4).landlock?.ports).toEqual([
      { port: 80, access: ['bind_tcp', 'connect_tcp'] },
      { port: 443, access: ['connect_tcp'] },
    ])
  })
})

describe('what no kernel holds is told by its name', () => {
  const told = (text: string, more: Partial<Machine> = {}) =>
    compilePolicy(
      parsePolicy(`diff_to_default: true\n${text}\n`),
      describedMachine(PATHS, { isSupervised: true, ...more }),
    ).warnings

  test.each(['OP_ACCESS', 'OP_STAT', 'OP_CHMOD'])('%s of some paths', (operation) => {
    expect(told(`whitelist_paths: { ${operation}: ["/home/work/*", "/tmp/*"] }`)).toEqual([
      expect.stringMatching(
        `^policy.yml:2: warning: whitelist_paths.${operation}: '/home/work/\\*', '/tmp/\\*' does not hold: `,
      ),
    ])
    expect(told(`whitelist_paths: { ${operation}: ["*"] }`)).toEqual([])
  })

  test('allowances that nobody counts', () => {
    expect(told('exec_allowance: 3\nfork_allowance: 9', { isSupervised: false })).toEqual([
      expect.stringMatching(/^policy.yml:2: warning: exec_allowance: nobody counts/),
      expect.stringMatching(/fork_allowance and max_child_procs: nobody counts/),
    ])
  })
})

test('limits and the environment are as the policy says', () => {
  const policy = parsePolicy(`
diff_to_default: true
limits: { nofile: 100, fsize: 1000000, core: -1 }
extra_envs: ["A=1"]
preserved_env_keys: [MINE]
`)
  const { limits, env } = compilePolicy(policy, describedMachine([]))
  expect(limits).toEqual([
    { resource: 'nofile', soft: 100, hard: 100 },
    { resource: 'fsize', soft: 1000000, hard: 1000000 },
  ])
  expect(env.set).toEqual({ A: '1' })
  expect(env.keep).toEqual(expect.arrayContaining(['MINE', 'HOME']))
})
