/** Interrupts of compiled languages at moments when no code of the cell runs. */
import { expect, test } from 'vitest'
import { openSession } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const ROUNDS = 10
const ENDLESS = {
  c: { compiler: '/usr/bin/gcc', code: 'for (;;);' },
  cpp: { compiler: '/usr/bin/g++', code: 'for (;;);' },
  fortran: { compiler: '/usr/bin/gfortran', code: 'do while (.true.)\nend do' },
}

for (const [runtime, { compiler, code }] of Object.entries(ENDLESS))
  describeWith([programThere(compiler)], `interrupts of ${runtime}`, () => {
    test('one that comes on the heels of an endless cell ends it, while it is compiled or after, and says so', async () => {
      const session = await openSession({ runtime, runtimePath: compiler })
      for (let round = 0; round < ROUNDS; round++) {
        const running = session.run(code)
        void session.client.interrupt()
        const { exitCode, stderr } = await running
        expect([exitCode, stderr]).toEqual([1, 'interrupted\n'])
      }
    })
  })
