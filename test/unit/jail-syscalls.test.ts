import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readHeader } from '../../scripts/syscalls.ts'
import { disassemble } from '../../src/jail/disassembler.ts'
import { callsOf, numberOf, resolveCall } from '../../src/jail/syscalls.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'
import { rootFolder } from '../toolchain/roots.ts'
import { compile, PLAIN } from './jail-answers.ts'

const HERE = '/usr/include/x86_64-linux-gnu/asm/unistd_64.h'
const NEWEST = `${rootFolder('trixie')}/usr/include`

describeWith([programThere(HERE)], "the kernel's headers on this machine", () => {
  test.runIf(process.arch === 'x64')('have the numbers of the table', () => {
    const defined = Object.entries(readHeader(HERE))
    expect(defined.length).toBeGreaterThan(330)
    expect(defined.filter(([name, number]) => numberOf(name, 'x86_64') !== number)).toEqual([])
  })
})

test.skipIf(!existsSync(NEWEST))(
  'the newest headers have the numbers of the table, for both architectures',
  () => {
    const table = (architecture: 'x86_64' | 'aarch64') => Object.fromEntries(callsOf(architecture))
    expect(readHeader(`${NEWEST}/x86_64-linux-gnu/asm/unistd_64.h`)).toEqual(table('x86_64'))
    expect(readHeader(`${NEWEST}/aarch64-linux-gnu/asm/unistd_64.h`)).toEqual(table('aarch64'))
  },
)

test.each([
  ['openat', 257, 56],
  ['open', 2, undefined],
  ['clone', 56, 220],
  ['execve', 59, 221],
  ['mseal', 462, 462],
])('%s is %i on x86_64 and %s on aarch64', (name, x86, arm) => {
  expect([numberOf(name, 'x86_64'), numberOf(name, 'aarch64')]).toEqual([x86, arm])
})

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no system call', (name) => {
  expect(resolveCall(name)).toMatchObject({ kind: 'unknown' })
  expect(numberOf(name, 'x86_64')).toBeUndefined()
})

test('a disassembly names calls, and says where each jump goes', () => {
  const { filter } = compile(PLAIN)
  const lines = disassemble(filter, 'x86_64').split('\n')
  expect(lines).toHaveLength(filter.length)
  expect(lines[1]).toMatch(/^ +1: if == 0xc000003e goto 3 else 2 +; x86_64$/)
  expect(lines[2]).toMatch(/return ERRNO EPERM$/)
  expect(lines[4]).toMatch(/if & 0x40000000 goto 5 else 6 +; x32$/)
  const targets = [...lines.join('\n').matchAll(/(?:goto|else) (\d+)/g)].map(([, target]) => Number(target))
  expect(targets.every((target) => target < filter.length)).toBe(true)
  expect(lines.join('\n')).toMatch(/>= 56 .*; clone\b/)
  expect(lines.join('\n')).not.toContain('unknown')
})
