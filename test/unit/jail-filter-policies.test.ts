import { describe, expect, test } from 'vitest'
import { segmentsOf } from '../../src/jail/filter.ts'
import { FORBIDDEN_CALLS } from '../../src/jail/forbidden.ts'
import { shippedPolicies, shippedPolicy } from '../../src/jail/policy-files.ts'
import { callsOf, numberOf } from '../../src/jail/syscalls.ts'
import { verdictsOf } from '../../src/jail/verdicts.ts'
import {
  ALLOW,
  ARCHITECTURES,
  AUDIT,
  answer,
  compile,
  ENOSYS,
  EPERM,
  PLAIN,
  randomNumbers,
} from './jail-answers.ts'
import { runFilter } from './seccomp-machine.ts'

const UNIX = 1

describe.each(ARCHITECTURES)('on %s', (architecture) => {
  describe.each(shippedPolicies())('the policy %s', (name) => {
    const policy = shippedPolicy(name)
    const program = compile(policy, { architecture })

    test('never allows what no policy may', () => {
      const there = FORBIDDEN_CALLS.filter((call) => numberOf(call, architecture) !== undefined)
      expect(there.length).toBeGreaterThan(40)
      expect(there.filter((call) => answer(program, call) !== EPERM)).toEqual([])
    })

    test('finds a call in as many comparisons as a binary search takes', () => {
      const segments = segmentsOf(verdictsOf(policy, architecture, false)).length
      const depth = Math.ceil(Math.log2(segments))
      const simple = callsOf(architecture).filter(
        ([call]) => !call.match(/^(socket|socketpair|clone|ioctl|prctl|personality|prlimit64|seccomp)$/),
      )
      const most = Math.max(
        ...simple.map(
          ([, number]) =>
            runFilter(program.filter, { architecture: AUDIT[architecture], number }).comparisons,
        ),
      )
      // One more for the architecture, and one for x32.
      expect(most).toBeLessThanOrEqual(depth + 2)
    })

    test('answers each call as the policy means it', () => {
      const allowed = new Set(['execve', 'exit', 'exit_group', 'rt_sigreturn', 'restart_syscall'])
      for (const { value } of [...policy.allowedSyscalls, ...policy.tracedSyscalls]) allowed.add(value)
      const expected = (call: string) => {
        if (call === 'clone3') return ENOSYS
        return allowed.has(call) && !FORBIDDEN_CALLS.includes(call) ? ALLOW : EPERM
      }
      // Arguments with which the calls that look at them say yes.
      const args: Record<string, number[]> = { socket: [UNIX], socketpair: [UNIX], prctl: [15] }
      const wrong = callsOf(architecture)
        .map(([call]) => [call, answer(program, call, ...(args[call] ?? [])), expected(call)])
        .filter(([, found, wanted]) => found !== wanted)
      expect(wrong).toEqual([])
    })
  })
})

describe('many random policies', () => {
  const names = callsOf('x86_64').map(([name]) => name)
  const random = randomNumbers(20)

  test.each(Array.from({ length: 60 }, (_, index) => index))(
    'number %i answers every call as it means it',
    () => {
      const share = random()
      const said = names.filter(() => random() < share)
      const program = compile({
        ...PLAIN,
        tracedSyscalls: [],
        allowedSyscalls: said.map((value) => ({ value, place: { file: '', line: 1 } })),
      })
      const args: Record<string, number[]> = { socket: [UNIX], socketpair: [UNIX], prctl: [15] }
      const found = names.filter((call) => answer(program, call, ...(args[call] ?? [])) === ALLOW)
      const always = ['execve', 'exit', 'exit_group', 'rt_sigreturn', 'restart_syscall']
      const expected = names.filter(
        (call) =>
          call !== 'clone3' &&
          (always.includes(call) || (said.includes(call) && !FORBIDDEN_CALLS.includes(call))),
      )
      expect(found).toEqual(expected)
    },
  )
})
