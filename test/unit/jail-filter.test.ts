import { describe, expect, test } from 'vitest'
import type { Answer, Condition } from '../../src/jail/arguments.ts'
import { decider, type Verdict } from '../../src/jail/verdicts.ts'
import {
  ALLOW,
  ARCHITECTURES,
  AUDIT,
  answer,
  compile,
  ENOSYS,
  EPERM,
  KILL,
  NOTIFY,
  PLAIN,
  randomNumbers,
} from './jail-answers.ts'
import { parsePolicy } from './jail-policy-text.ts'
import { runFilter } from './seccomp-machine.ts'

const NAMESPACES = [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]
const [CLONE_VM, CLONE_THREAD, SIGCHLD] = [0x100, 0x10000, 17]
const [UNIX, INET, INET6, NETLINK, AF_PACKET, AF_ALG, VSOCK] = [1, 2, 10, 16, 17, 38, 40]
const [STREAM, DGRAM, RAW] = [1, 2, 3]
const CLOEXEC = 0x80000

describe.each(ARCHITECTURES)('on %s', (architecture) => {
  const plain = compile(PLAIN, { architecture })

  test.each([
    ['read', [], ALLOW],
    ['openat', [], ALLOW],
    ['execve', [], ALLOW],
    ['exit_group', [], ALLOW],
    ['write', [], EPERM],
    ['execveat', [], EPERM],
    ['ptrace', [], EPERM],
    ['clone3', [], ENOSYS],
    ['clone', [SIGCHLD], ALLOW],
    ['clone', [CLONE_THREAD | CLONE_VM], ALLOW],
    ...NAMESPACES.map((flag): [string, number[], number] => ['clone', [flag | SIGCHLD], EPERM]),
    ...NAMESPACES.map((flag): [string, number[], number] => ['clone', [flag | CLONE_THREAD], EPERM]),
    ['socket', [UNIX, STREAM, 0], ALLOW],
    ['socket', [UNIX, RAW, 0], ALLOW],
    ['socket', [INET, STREAM | CLOEXEC, 0], ALLOW],
    ['socket', [INET6, DGRAM, 17], ALLOW],
    ['socket', [INET, RAW | CLOEXEC, 1], EPERM],
    ['socket', [INET6, RAW, 58], EPERM],
    ['socket', [INET, 10, 0], EPERM],
    ['socket', [NETLINK, RAW, 0], ALLOW],
    ['socket', [NETLINK, RAW, 12], EPERM],
    ['socket', [AF_PACKET, RAW, 0], EPERM],
    ['socket', [AF_ALG, 5, 0], EPERM],
    ['socket', [VSOCK, STREAM, 0], EPERM],
    ['socketpair', [UNIX, STREAM, 0], ALLOW],
    ['socketpair', [INET, STREAM, 0], EPERM],
    ['ioctl', [0, 0x5401], ALLOW],
    ['ioctl', [0, 0x5412], EPERM],
    // The kernel looks at the low half of a command only, and so do we.
    ['ioctl', [0, 2 ** 32 + 0x5412], EPERM],
    ['ioctl', [0, 0x541c], EPERM],
    ['personality', [0xffffffff], ALLOW],
    ['personality', [-1], ALLOW],
    ['personality', [0], ALLOW],
    ['personality', [0x0400000], EPERM],
    ['personality', [0x0040000], EPERM],
    ['prctl', [15], ALLOW],
    ['prctl', [38, 1], ALLOW],
    ['prctl', [22, 2], EPERM],
    ['prctl', [35], EPERM],
    ['prctl', [0x59616d61], EPERM],
    ['prlimit64', [0, 7], ALLOW],
    ['seccomp', [1, 0], ALLOW],
    ['seccomp', [1, 1], ALLOW],
    ['seccomp', [1, 8], EPERM],
    ['seccomp', [1, 9], EPERM],
    ['prlimit64', [1, 7], EPERM],
  ] as [string, number[], number][])('%s %j', (call, args, expected) => {
    expect(answer(plain, call, ...args)).toBe(expected)
  })

  test.each([AUDIT.i386, AUDIT.arm, architecture === 'x86_64' ? AUDIT.aarch64 : AUDIT.x86_64, 0])(
    'a call of another architecture (%i) is refused, whatever its number',
    (other) => {
      for (const number of [0, 1, 11, 56, 59, 220, 221, 400])
        expect(runFilter(plain.filter, { architecture: other, number }).value).toBe(EPERM)
    },
  )

  test('a number that no kernel has yet is ENOSYS, so that libraries do without', () => {
    const numbers = [500, 1000, 0x3fffffff]
    expect(
      numbers.map((number) => runFilter(plain.filter, { architecture: AUDIT[architecture], number }).value),
    ).toEqual(numbers.map(() => ENOSYS))
  })
})

test('calls whose arguments decide answer any arguments as their rule means it', () => {
  const random = randomNumbers(5)
  const values = [
    0,
    1,
    2,
    3,
    10,
    16,
    17,
    22,
    0x5412,
    0x10000,
    0x20000,
    0x7fffffff,
    0xffffffff,
    2 ** 32,
    2 ** 32 + 1,
  ]
  const any = () => values[Math.floor(random() * values.length)] ?? 0
  const program = compile(PLAIN)
  const decide = decider(PLAIN, false)
  for (const call of [
    'socket',
    'socketpair',
    'ioctl',
    'clone',
    'prctl',
    'personality',
    'prlimit64',
    'seccomp',
  ])
    for (let round = 0; round < 300; round++) {
      const args = [any(), any(), any()]
      const wanted = meant(decide(call), args) === 'allow' ? ALLOW : EPERM
      expect([call, args, answer(program, call, ...args)]).toEqual([call, args, wanted])
    }
})

test.each([0x40000000, 0x40000001, 0x40000000 + 59, 0x40000000 + 520, 0xffffffff])(
  'the x32 call %i is refused',
  (number) => {
    expect(runFilter(compile(PLAIN).filter, { architecture: AUDIT.x86_64, number }).value).toBe(EPERM)
  },
)

describe('with a supervisor', () => {
  const counting = parsePolicy(`
diff_to_default: true
max_child_procs: 5
exec_allowance: 3
killed_syscalls: [ptrace]
allowed_syscalls: ["!fork"]
`)
  const program = compile(counting, { isSupervised: true })

  test('refusals and what is counted are handed over, threads are not', () => {
    expect(answer(program, 'read')).toBe(ALLOW)
    expect(answer(program, 'mount')).toBe(NOTIFY)
    expect(answer(program, 'ptrace')).toBe(NOTIFY)
    expect(answer(program, 'vfork')).toBe(NOTIFY)
    expect(answer(program, 'clone', SIGCHLD)).toBe(NOTIFY)
    expect(answer(program, 'clone', CLONE_THREAD)).toBe(ALLOW)
    expect(answer(program, 'execve')).toBe(NOTIFY)
    expect(answer(program, 'clone3')).toBe(ENOSYS)
  })

  test('what the policy refuses is not among what is let through when counted', () => {
    expect(program.supervision).toMatchObject({
      forks: [58, 56],
      execs: [59, 322],
      killed: [101],
      killsAll: false,
    })
  })

  test('without limits nothing is counted', () => {
    const free = compile(PLAIN, { isSupervised: true })
    expect(free.supervision).toMatchObject({ forks: [], execs: [] })
    expect(answer(free, 'clone', SIGCHLD)).toBe(ALLOW)
    expect(answer(free, 'execve')).toBe(ALLOW)
  })
})

test('a call that ends the process does so without a supervisor too', () => {
  const deadly = parsePolicy('diff_to_default: true\nkilled_syscalls: [ptrace, socket]\n')
  expect(answer(compile(deadly), 'ptrace')).toBe(KILL)
  expect(answer(compile(deadly), 'socket', UNIX)).toBe(KILL)
  expect(answer(compile(deadly), 'mount')).toBe(EPERM)
  const all = compile(parsePolicy('diff_to_default: true\nrefused: kill\n'))
  expect(answer(all, 'mount')).toBe(KILL)
  expect(answer(all, 'socket', AF_ALG)).toBe(KILL)
  expect(runFilter(all.filter, { architecture: AUDIT.i386, number: 1 }).value).toBe(KILL)
})

test('an empty OP_CHMOD refuses the calls that change modes', () => {
  const none = parsePolicy(`
whitelist_paths: { OP_OPEN: ["*"], OP_CHMOD: [] }
exec_allowance: -1
fork_allowance: -1
max_child_procs: -1
allowed_syscalls: [chmod, fchmod, fchmodat, fchmodat2, read]
`)
  expect(
    ['chmod', 'fchmod', 'fchmodat', 'fchmodat2', 'read'].map((call) => answer(compile(none), call)),
  ).toEqual([EPERM, EPERM, EPERM, EPERM, ALLOW])
})

/** What a verdict says of arguments, without a program. */
function meant(verdict: Verdict, args: readonly number[]): Answer {
  if (typeof verdict === 'string') return verdict
  const holds = ({ argument, mask, values, not }: Condition) => {
    const low = BigInt(args[argument] ?? 0) & 0xffffffffn & BigInt(mask ?? 0xffffffff)
    return values.map(BigInt).includes(low) !== (not ?? false)
  }
  return verdict.cases.find(({ when }) => when.every(holds))?.answer ?? verdict.otherwise
}
