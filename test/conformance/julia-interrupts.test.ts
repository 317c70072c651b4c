/** An interrupt comes to the cell, not to whatever task is running, and also where Julia never looks for one. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { programInside } from '../toolchain/inside.ts'
import { describeWith } from '../toolchain/requirement.ts'
import { rootThere } from '../toolchain/roots.ts'

const BEGUN = 'println("begun")'

const ENDLESS = {
  'a loop that allocates': `${BEGUN}\nwhile true\n  rand(10)\nend`,
  'a loop that never comes to a safe point': `${BEGUN}\nwhile true end`,
  'a loop in a function': `spin() = while true end\n${BEGUN}\nspin()`,
  'a wait for a channel': `${BEGUN}\ntake!(Channel(0))`,
  'a wait for another task': `${BEGUN}\nwait(@async sleep(600))`,
  'a wait beside a busy background': `background = @async while true\n  sleep(0.001)\nend\n${BEGUN}\nsleep(600)`,
  'a command': `${BEGUN}\nrun(\`sleep 600\`)`,
  'a command that is read': `${BEGUN}\nread(\`sleep 600\`, String)`,
  'a flood': `${BEGUN}\nwhile true\n  println("again and again")\nend`,
}

describeWith([rootThere('bullseye')], 'interrupts of Julia', () => {
  test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
    const session = await openSession({ runtime: 'julia', program: programInside('bullseye') })
    await session.run('kept = "kept";')
    await interrupt(session, code)
    await interrupt(session, code)
    expect((await session.run('kept')).stdout).toBe('"kept"\n')
  })

  test('what is to be done finally is done, and the interrupt may be caught', async () => {
    const session = await openSession({ runtime: 'julia', program: programInside('bullseye') })
    const { exitCode, stdout } = await runInterrupted(
      session,
      `try\n  ${BEGUN}\n  sleep(600)\ncatch error\n  println(error isa InterruptException)\nfinally\n  println("finally")\nend`,
    )
    expect(stdout).toBe('begun\ntrue\nfinally\n')
    expect(exitCode).toBe(0)
  })
})

async function interrupt(session: Session, code: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInterrupted(session, `${code}\nprintln("not reached")`)
  // A command has the interrupt, too, and its end may be what the cell hears of first.
  expect(stderr).toMatch(/InterruptException|ProcessSignaled\(2\)/)
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
}
