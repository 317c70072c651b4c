/** Questions of programs that flush nothing themselves, under the C library of each image. */
import { copyFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type COMPILERS, compiled } from '../../fixtures/compiled.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'
import type { RootName } from '../../toolchain/roots.ts'

const IMAGES: readonly [RootName, keyof typeof COMPILERS, string][] = [
  ['trixie', 'c', 'asks-with-scanf.c'],
  ['musl', 'dynamic musl c', 'asks-with-scanf.c'],
  ['shellless', 'c', 'asks-with-scanf.c'],
  // A static program takes no hook: it shows its prompts itself.
  ['busybox', 'static c', 'asks-and-flushes.c'],
]
const roots = IMAGES.map(([root]) => root)

describeWith([...containerNeeds(...roots), inPath('gcc'), inPath('musl-gcc')], 'in a batch step', () => {
  test.each(IMAGES)(
    'of an image %s a program in %s asks, and is answered',
    async (root, compiler, source) => {
      const session = await openContainer({ root, runtime: 'app', mayWarn: true })
      copyFileSync(compiled(source, compiler), session.path('asks'))
      const prompts: string[] = []
      const { exitCode, stdout } = await session.exec('./asks', {
        onQuestion({ prompt }) {
          prompts.push(prompt)
          return prompt === 'name? ' ? 'Ann' : '42'
        },
      })
      expect(prompts).toEqual(['name? ', 'age? '])
      expect([exitCode, stdout]).toEqual([0, 'name? age? hello Ann, 42\n'])
    },
  )
})
