/** What an image without a shell runs of what a user asks for. */
import { copyFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compiled } from '../../fixtures/compiled.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'

describeWith([...containerNeeds('shellless'), inPath('gcc')], 'without a shell', () => {
  test('a program and its arguments run, and what needs a shell is told', async () => {
    const session = await openContainer({ root: 'shellless', runtime: 'app', mayWarn: true })
    const spoken = await session.exec(`node -p '"two words; " + 6 * 7'`)
    expect(spoken).toMatchObject({ exitCode: 0, stdout: 'two words; 42\n', stderr: '' })
    const piped = await session.exec('node --version | cat')
    expect(piped).toMatchObject({ exitCode: 127, stdout: '', stderr: expect.stringContaining('/bin/sh') })
  })

  test('a static program asks its user, and is answered', async () => {
    const session = await openContainer({ root: 'shellless', runtime: 'app', mayWarn: true })
    copyFileSync(compiled('asks-and-flushes.c', 'static c'), session.path('asks'))
    const onQuestion = ({ prompt }: { prompt: string }) => (prompt === 'name? ' ? 'Ann' : '42')
    const { exitCode, stdout } = await session.exec('./asks', { onQuestion })
    expect([exitCode, stdout]).toEqual([0, 'name? age? hello Ann, 42\n'])
  })
})
