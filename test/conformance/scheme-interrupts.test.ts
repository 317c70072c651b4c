/** Guile hears of signals through a thread of its own, and late: whatever it does meanwhile, the cell ends, and the context stays. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const ENDLESS = {
  'a loop that catches everything':
    "(let loop () (catch #t (lambda () (throw 'mine)) (lambda _ 'caught)) (loop))",
  'a sleep within a handler of everything': '(catch #t (lambda () (sleep 600)) (lambda _ "caught"))',
  'a comparison that never ends': '(sort (iota 9) (lambda (a b) (let loop () (loop))))',
  'a command of the shell': '(system "sleep 600")',
  'a program': '(system* "sh" "-c" "echo begun; exec sleep 600")',
  'a command that is read':
    '(use-modules (ice-9 popen) (ice-9 rdelim))\n(read-line (open-input-pipe "sleep 600"))',
  'a socket that nobody connects to':
    '(let ((s (socket PF_INET SOCK_STREAM 0))) (bind s AF_INET INADDR_LOOPBACK 0) (listen s 1) (accept s))',
  'a flood': '(let loop () (display "again and again\\n") (loop))',
}

for (const program of ['/usr/bin/guile-3.0', '/usr/bin/guile-2.2'])
  describeWith([programThere(program)], `interrupts in ${program}`, () => {
    test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
      const session = await openSession({ runtime: 'scheme', runtimePath: program })
      await session.run('(define kept "kept")')
      await interrupt(session, code)
      await interrupt(session, code)
      expect((await session.run('kept')).stdout).toBe('"kept"\n')
    })

    test('dynamic-wind is wound back', async () => {
      const session = await openSession({ runtime: 'scheme', runtimePath: program })
      const stdout = await interrupt(
        session,
        '(dynamic-wind (lambda () #t) (lambda () (display "begun\\n") (sleep 600)) (lambda () (display "wound")))',
      )
      expect(stdout).toBe('begun\nwound')
    })
  })

/** What does not say by itself that it has begun is said to begin. */
function begins(code: string): string {
  return code.includes('begun') ? code : `(display "begun\\n")\n${code}`
}

async function interrupt(session: Session, code: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runInterrupted(
    session,
    `${begins(code)}\n(display "not reached")`,
  )
  expect(stderr).toBe('ERROR: User interrupt\n')
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
  return stdout
}
