/** What an image without a shell runs of what a user asks for. */
import { expect, test } from 'vitest'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { describeWith } from '../../toolchain/requirement.ts'

describeWith(containerNeeds('shellless'), 'without a shell', () => {
  test('a program and its arguments run, and what needs a shell is told', async () => {
    const session = await openContainer({ root: 'shellless', runtime: 'app', mayWarn: true })
    const spoken = await session.exec(`node -p '"two words; " + 6 * 7'`)
    expect(spoken).toMatchObject({ exitCode: 0, stdout: 'two words; 42\n', stderr: '' })
    const piped = await session.exec('node --version | cat')
    expect(piped).toMatchObject({ exitCode: 127, stdout: '', stderr: expect.stringContaining('/bin/sh') })
  })
})
