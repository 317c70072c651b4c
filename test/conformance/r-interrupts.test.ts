/** Whatever R code does with an interrupt, the cell ends, what is to be done at its end is done, and the context stays. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const R = '/usr/bin/R'

describeWith([programThere(R)], 'interrupts of R', () => {
  test.each([
    ['a loop that catches every error', 'repeat tryCatch(stop("again"), error = function(e) NULL)'],
    ['a loop that tries', 'repeat try(stop("again"), silent = TRUE)'],
    [
      'a loop that handles every condition',
      'withCallingHandlers(repeat warning("w"), condition = function(c) NULL)',
    ],
    ['a function that is applied', 'vapply(1:1e6, function(i) sum(sqrt(1:1e5)), 0)'],
    ['a flood', 'repeat cat("again and again\\n")'],
    ['a command that is read', 'readLines(pipe("sleep 600"))'],
    ['a socket that nobody connects to', 'socketConnection(port = 0, server = TRUE, timeout = 600)'],
    ['a browser that waits for its command', 'browser()'],
  ])('%s is left', async (_, code) => {
    const session = await openSession({ runtime: 'r', runtimePath: R })
    await session.run('kept <- "kept"')
    for (let time = 0; time < 2; time++) {
      const { exitCode, stdout, stderr } = await interrupt(
        session,
        `cat("begun\\n")\n${code}\ncat("not reached")`,
      )
      expect(stderr).toContain('Interrupted')
      expect(stdout).not.toContain('not reached')
      expect(exitCode).toBe(1)
    }
    expect((await session.run('kept')).stdout).toBe('[1] "kept"\n')
  })

  test('what is to be done at the end of a function is done', async () => {
    const session = await openSession({ runtime: 'r', runtimePath: R })
    const { stdout } = await interrupt(
      session,
      'f <- function() {\n  on.exit(cat("cleaned\\n"))\n  cat("begun\\n")\n  repeat {}\n}\ntryCatch(f(), finally = cat("finally\\n"))',
    )
    expect(stdout).toBe('begun\ncleaned\nfinally\n')
  })
})

async function interrupt(session: Session, code: string) {
  return runInterrupted(session, code, { onQuestion: () => undefined })
}
