/** The hook under the C libraries of other releases, in programs that flush nothing themselves. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../fixtures/compiled.ts'
import { openSession, type Session } from '../harness/session.ts'
import { programInside } from '../toolchain/inside.ts'
import { describeWith, inPath } from '../toolchain/requirement.ts'
import { rootThere } from '../toolchain/roots.ts'

async function promptsOf(session: Session, command: string): Promise<string[]> {
  const prompts: string[] = []
  await session.exec(command, {
    onQuestion: ({ prompt }) => {
      prompts.push(prompt)
      return String(prompts.length)
    },
  })
  return prompts
}

describeWith([rootThere('bullseye')], 'glibc 2.31', () => {
  test('the prompts of a Python on stdio are seen', async () => {
    const session = await openSession({ runtime: 'app', program: programInside('bullseye') })
    const line = 'sys.stdout.write("%s? "); sys.stdin.readline();'
    const script = `import sys; ${line.replace('%s', 'one')} ${line.replace('%s', 'two')}`
    expect(await promptsOf(session, `python2.7 -c '${script}'`)).toEqual(['one? ', 'two? '])
  })
})

describeWith([rootThere('trixie'), inPath('gcc')], 'glibc 2.41', () => {
  test('the prompts of a C program are seen', async () => {
    const session = await openSession({ runtime: 'app', program: programInside('trixie') })
    copyFileSync(compiled('asks-with-scanf.c'), join(session.folder, 'asks'))
    expect(await promptsOf(session, './asks')).toEqual(['name? ', 'age? '])
  })
})
