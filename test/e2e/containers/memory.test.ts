import { copyFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compiled } from '../../fixtures/compiled.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'

/** Without swap: what is above it is killed. */
const OPTIONS = ['--memory=128m', '--memory-swap=128m']
const PYTHON = { root: 'bookworm', runtime: 'python', runtimePath: '/usr/bin/python3' } as const

describeWith([...containerNeeds('bookworm'), inPath('gcc')], 'with 128 MiB of memory', () => {
  test('the daemon, Python and its own services have room', async () => {
    const session = await openContainer({ ...PYTHON, options: OPTIONS, mayWarn: true })
    await session.serves(session.ports.ttyd)
    const hoard = await session.run('hoard = bytearray(24 << 20)\nlen(hoard)')
    expect(hoard).toMatchObject({ exitCode: 0, stdout: `${24 << 20}\n` })
    const flood = await session.run('for _ in range(32): print("x" * (1 << 20))', { keep: false })
    expect(flood.exitCode).toBe(0)
    expect((await session.run('len(hoard)')).stdout).toBe(`${24 << 20}\n`)
  })

  test('a cell that is killed for want of memory says so, and the next one is served', async () => {
    const session = await openContainer({ ...PYTHON, options: OPTIONS, mayWarn: true })
    const { exitCode, stderr } = await session.run('hoard = [bytearray(1 << 20) for _ in range(1000)]')
    expect(exitCode).toBe(137)
    expect(stderr).toMatch(/memory limit of 128\.0 MiB was reached/)
    expect(stderr).toContain('python3')
    expect((await session.run('6 * 7')).stdout).toBe('42\n')
  })

  test('a program that is killed for want of memory is named', async () => {
    const session = await openContainer({ ...PYTHON, options: OPTIONS, mayWarn: true })
    copyFileSync(compiled('allocates-memory.c', 'static c'), session.path('allocates-memory'))
    const { exitCode, stdout, stderr } = await session.exec('./allocates-memory 1000; exit $?')
    expect([exitCode, stdout]).toEqual([137, 'begun\n'])
    expect(stderr).toMatch(/memory limit of 128\.0 MiB was reached/)
    expect(stderr).toContain('allocates-memory')
    expect((await session.exec('echo next')).stdout).toBe('next\n')
  })
})
