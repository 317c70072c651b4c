/** Whatever Octave code does with an interrupt, the cell ends, what is to be cleaned up is, and the context stays. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const OCTAVE = '/usr/bin/octave-cli'

describeWith([programThere(OCTAVE)], 'interrupts of Octave', () => {
  test.each([
    ['a loop that catches every error', 'while true\n  try\n    error ("again");\n  catch\n  end\nend'],
    [
      'a loop that sleeps and cleans up',
      'while true\n  unwind_protect\n    pause (0.01);\n  unwind_protect_cleanup\n    x = 1;\n  end_unwind_protect\nend',
    ],
    ['a function that is applied', 'cellfun (@(x) pause (600), {1});'],
    ['a flood', 'while true\n  disp ("again and again");\nend'],
    ['a command', 'system ("sleep 600");'],
    ['a command that is read', '[status, text] = system ("sleep 600");'],
    ['a pipe that is read', 'fgetl (popen ("sleep 600", "r"));'],
    ['what is evaluated for its output', 'evalc ("while true, end");'],
    ['a key that is waited for', 'kbhit ();'],
    ['a number that is waited for', 'fscanf (stdin, "%d", 1);'],
    ['a line that is waited for', 'fgetl (stdin);'],
    ['a keyboard that waits for its command', 'keyboard'],
    ['a keyboard within a function', 'function stop_here ()\n  keyboard\nend\nstop_here ();'],
    ['deep calls', 'function deep (n)\n  if (n == 0) pause (600), else deep (n - 1), end\nend\ndeep (200);'],
  ])('%s is left', async (_, code) => {
    const session = await openSession({ runtime: 'octave', runtimePath: OCTAVE })
    await session.run('kept = "kept";')
    for (let time = 0; time < 2; time++) {
      const { exitCode, stderr } = await interrupt(session, `disp ("begun");\n${code}\n`)
      expect(stderr).toMatch(/interrupted\n$/)
      expect(exitCode).toBe(1)
    }
    expect((await session.run('kept')).stdout).toBe('kept = kept\n')
  })

  test('what is to be cleaned up is', async () => {
    const session = await openSession({ runtime: 'octave', runtimePath: OCTAVE })
    const { stdout } = await interrupt(
      session,
      'function f ()\n  unwind_protect\n    disp ("begun");\n    while true, end\n  unwind_protect_cleanup\n    disp ("cleaned");\n  end_unwind_protect\nend\nf ();',
    )
    expect(stdout).toBe('begun\ncleaned\n')
  })

  test('the next question is asked as if nothing had been', async () => {
    const session = await openSession({ runtime: 'octave', runtimePath: OCTAVE })
    await interrupt(session, 'disp ("begun");\nfgetl (stdin);')
    const { stdout } = await session.run('fgetl (stdin)', { onQuestion: () => 'answered' })
    expect(stdout).toBe('ans = answered\n')
  })
})

async function interrupt(session: Session, code: string) {
  return runInterrupted(session, code, { onQuestion: () => undefined })
}
