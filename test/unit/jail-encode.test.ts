/** What the launcher is given: `struct jail_head` of native/jail.h, and what follows it. */
import { expect, test } from 'vitest'
import { encodeProgram } from '../../src/jail/encode.ts'
import type { JailProgram } from '../../src/jail/program.ts'
import { explainReport } from '../../src/jail/reports.ts'
import { encodeRules } from '../../src/jail/rules.ts'

const PROGRAM: JailProgram = {
  architecture: 'x86_64',
  filter: [
    { code: 0x20, jt: 0, jf: 0, k: 4 },
    { code: 0x15, jt: 1, jf: 255, k: 0xc000003e },
  ],
  supervision: {
    forks: [56, 57, 58],
    execs: [59],
    killed: [101, 321],
    killsAll: true,
    namespaces: 0x7e020000,
  },
  landlock: undefined,
  limits: [
    { resource: 'nofile', soft: 10, hard: 20 },
    { resource: 'core', soft: 0, hard: Number.POSITIVE_INFINITY },
  ],
  execAllowance: -1,
  forkAllowance: 7,
  maxChildProcs: 64,
  env: { keep: [], set: {} },
  warnings: [],
}

test('a program is its head, limits, calls and instructions, without holes', () => {
  const bytes = encodeProgram(PROGRAM)
  const words = Array.from({ length: 12 }, (_, at) => bytes.readInt32LE(at * 4))
  expect(words).toEqual([0x314a524b, 1, -1, 7, 64, 0x7e020000, 2, 3, 1, 2, 2, 0])
  const limits = Array.from({ length: 6 }, (_, at) => bytes.readBigUInt64LE(48 + at * 8))
  expect(limits).toEqual([7n, 10n, 20n, 4n, 0n, 2n ** 64n - 1n])
  const calls = Array.from({ length: 6 }, (_, at) => bytes.readUInt32LE(96 + at * 4))
  expect(calls).toEqual([56, 57, 58, 59, 101, 321])
  expect(bytes.subarray(120).toString('hex')).toBe('20000000040000001500' + '01ff3e0000c0')
})

test('a program without a supervisor names no calls', () => {
  const bytes = encodeProgram({ ...PROGRAM, supervision: undefined })
  expect([1, 5, 7, 8, 9].map((at) => bytes.readUInt32LE(at * 4))).toEqual([0, 0, 0, 0, 0])
  expect(bytes).toHaveLength(48 + 48 + 16)
})

test("Landlock's rights are bits in the kernel's order", () => {
  const rules = encodeRules({
    handledFiles: ['execute', 'ioctl_dev'],
    handledPorts: ['bind_tcp', 'connect_tcp'],
    scopes: ['signal'],
    paths: [{ path: '/usr', access: ['execute', 'read_file', 'read_dir'] }],
    ports: [{ port: 443, access: ['connect_tcp'] }],
  })
  expect(rules).toEqual({
    files: 0x8001,
    ports: 3,
    scopes: 2,
    paths: [{ path: '/usr', access: 0b1101 }],
    portRules: [{ port: 443, access: 2 }],
  })
})

test.each([
  [
    'refused 3221225534 101 /usr/bin/gdb',
    '/usr/bin/gdb called ptrace, which the policy does not allow: it got EPERM',
  ],
  [
    'refused 1073741827 20 /a b',
    '/a b called system call 20 as a program of another architecture does, which the policy does not allow: it got EPERM',
  ],
  [
    'refused 3221225534 1073741863 ?',
    '? called system call 39 of the x32 interface, which the policy does not allow: it got EPERM',
  ],
  ['killed 3221225534 9999 /x', '/x called system call 9999, for which the policy ends it: it was killed'],
  [
    'forks 3221225534 56 /x',
    "/x may make no more processes: the policy's fork_allowance is 7; clone got EPERM",
  ],
])('the supervisor’s line %s is a sentence for people', (line, sentence) => {
  expect(explainReport(line, PROGRAM)).toBe(sentence)
})

test('a line that is none of its own is no sentence', () => {
  for (const line of ['', 'refused', 'refused x y z', 'other 1 2 /x'])
    expect(explainReport(line, PROGRAM)).toBeUndefined()
})
