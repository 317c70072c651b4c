/** Whatever Java code does with an interrupt, the cell ends, and the session goes on. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const JAVA = '/usr/bin/java'
const ROUNDS = 20

describeWith([programThere(JAVA)], 'interrupts of Java', () => {
  test.each([
    [
      'a loop that swallows interrupts',
      'while (true) try { Thread.sleep(1000); } catch (InterruptedException e) { }',
    ],
    ['a loop that swallows everything', 'while (true) try { while (true) { } } catch (Throwable any) { }'],
    ['a loop in the library', 'Pattern.matches("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")'],
    ['a lambda', 'Stream.iterate(1, n -> n + 1).forEach(n -> { })'],
    ['a lock that is never free', 'synchronized (held) { }'],
  ])('%s ends, and what it had stays', async (_, code) => {
    const session = await openSession({ runtime: 'java', runtimePath: JAVA })
    await session.run(
      'Object held = new Object();\nThread holder = new Thread(() -> { synchronized (held) { while (true) { } } });\nholder.setDaemon(true);\nholder.start();',
    )
    const { exitCode, stderr } = await runInterrupted(session, `System.out.println("begun");\n${code}`)
    expect([exitCode, stderr]).toEqual([1, 'Interrupted\n'])
    expect((await session.run('holder.isAlive()')).stdout).toMatch(/==> true$/m)
  })

  test('each says so, whatever has become of System.err', async () => {
    const session = await openSession({ runtime: 'java', runtimePath: JAVA })
    await session.run('System.setErr(new java.io.PrintStream(new java.io.ByteArrayOutputStream()));')
    const { exitCode, stderr } = await runInterrupted(
      session,
      'System.out.println("begun");\nwhile (true) { }',
    )
    expect([exitCode, stderr]).toEqual([1, 'Interrupted\n'])
  })

  test('one that comes on the heels of an endless cell ends it', async () => {
    const session = await openSession({ runtime: 'java', runtimePath: JAVA })
    for (let round = 0; round < ROUNDS; round++) {
      const running = session.run('while (true) { }')
      void session.client.interrupt()
      const { exitCode, stderr } = await running
      expect([exitCode, stderr]).toEqual([1, 'Interrupted\n'])
    }
  })

  test('one that ends a child ends the cell, and only that one', async () => {
    const session = await openSession({ runtime: 'java', runtimePath: JAVA })
    for (let round = 0; round < ROUNDS; round++) {
      const code =
        'new ProcessBuilder("sh", "-c", "echo begun; exec sleep 600").inheritIO().start().waitFor();'
      const { exitCode, stderr } = await runInterrupted(session, code)
      expect([exitCode, stderr]).toEqual([1, 'Interrupted\n'])
      expect((await session.run('6 * 7')).stdout).toMatch(/==> 42$/m)
    }
  })

  test('threads that the cell started end with it, earlier ones do not', async () => {
    const session = await openSession({ runtime: 'java', runtimePath: JAVA })
    await session.run(
      'Thread spin() { Thread t = new Thread(() -> { while (true) { } }); t.start(); return t; }',
    )
    await session.run('Thread earlier = spin();')
    await runInterrupted(session, 'Thread later = spin();\nSystem.out.println("begun");\nlater.join();')
    await session.run('later.join();')
    expect((await session.run('earlier.isAlive() + " " + later.isAlive()')).stdout).toMatch(/"true false"/)
  })
})
