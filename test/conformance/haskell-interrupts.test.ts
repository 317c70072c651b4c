/** Interrupts that ghci alone would not hear, and threads that would not listen. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const GHCI = '/usr/bin/ghci'

const ENDLESS = {
  'compiled code that allocates nothing': 'Control.Monad.forever (return ())',
  'compiled code on a list without end': 'print (elem 1 (repeat 0))',
  'a list that grows': 'print (length [1 ..])',
  'masked code': 'Control.Exception.mask_ (let l :: Int -> Int; l n = l (n + 1) in print (l 1))',
  'a wait for what nobody sends': 'mapM_ takeMVar [box]',
  'a command of the shell': 'System.Process.system "sleep 600" >>= print',
  'a command of ghci': ':! sleep 600',
  'a program that is read': 'System.Process.readProcess "sleep" ["600"] "" >>= putStrLn',
  'a call of C': 'csleep 600 >>= print',
  'a flood': 'Control.Monad.forever (putStrLn "again and again")',
}

const PROLOGUE = `import Control.Concurrent
box <- newEmptyMVar :: IO (MVar Int)
foreign import ccall safe "sleep" csleep :: Int -> IO Int
kept = "kept"`

describeWith([programThere(GHCI)], 'interrupts of Haskell', () => {
  test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
    const session = await openSession({ runtime: 'haskell', runtimePath: GHCI })
    await session.run(PROLOGUE)
    for (let time = 0; time < 2; time++) {
      const { exitCode, stdout, stderr } = await interrupt(
        session,
        `putStrLn "begun"\n${code}\nputStrLn "not reached"`,
      )
      expect(stderr).toBe('Interrupted.\n')
      expect(stdout).not.toContain('not reached')
      expect(exitCode).toBe(1)
    }
    expect((await session.run('kept')).stdout).toBe('"kept"\n')
  })

  test('what is to be done at the end is done', async () => {
    const session = await openSession({ runtime: 'haskell', runtimePath: GHCI })
    const { stdout } = await interrupt(
      session,
      'import Control.Concurrent\nimport Control.Exception\n(putStrLn "begun" >> threadDelay 600000000) `finally` putStrLn "cleaned"',
    )
    expect(stdout).toBe('begun\ncleaned\n')
  })

  test('a thread that catches every interrupt is no longer waited for', async () => {
    const session = await openSession({ runtime: 'haskell', runtimePath: GHCI })
    await session.run('kept = "kept"')
    const { exitCode, stderr } = await interrupt(
      session,
      'import Control.Concurrent\nimport Control.Exception\nputStrLn "begun"\nlet again = threadDelay 600000000 `catch` \\e -> const again (e :: SomeException)\nagain',
    )
    expect(stderr).toBe('Interrupted.\n')
    expect(exitCode).toBe(1)
    expect((await session.run('kept')).stdout).toBe('"kept"\n')
  })

  test('compiled code that catches every interrupt and allocates nothing ends the session, which says why', async () => {
    const session = await openSession({ runtime: 'haskell', runtimePath: GHCI })
    const { stderr } = await interrupt(
      session,
      'import Control.Exception\nimport Control.Monad\nlet again = (putStrLn "begun" >> forever (return ())) `catch` \\e -> const again (e :: SomeException)\nagain',
    )
    expect(stderr).toContain('this code cannot be interrupted')
    const { stdout, stderr: told } = await session.run('1 + 1')
    expect(stdout).toBe('2\n')
    expect(told).toContain('context')
  })
})

async function interrupt(session: Session, code: string) {
  return runInterrupted(session, code, { onQuestion: () => undefined })
}
