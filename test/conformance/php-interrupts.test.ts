/** What PHP itself does not interrupt, or dies of: whatever catches all, and whatever blocks on. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith } from '../toolchain/requirement.ts'
import { requirementsOf, sessionOptions, type Target } from './target.ts'

const TARGETS: readonly Target[] = [
  { name: 'PHP of this machine', executable: '/usr/bin/php' },
  { name: 'PHP 7.4', root: 'bullseye', executable: '/usr/bin/php' },
  { name: 'PHP 8.4', root: 'trixie', executable: '/usr/bin/php' },
]

const ENDLESS = {
  'a loop that catches everything':
    'echo "begun\\n";\nwhile (true) { try { while (true); } catch (Throwable $error) { } finally { $again = 1; } }',
  'a loop of failing calls':
    'echo "begun\\n";\nwhile (true) { try { throw new Exception; } catch (Throwable $error) { } }',
  'a callback of the library':
    'echo "begun\\n";\n$list = [2, 1];\nusort($list, function ($a, $b) { while (true); });\necho "not reached";',
  'a function of the library that waits again and again':
    'echo "begun\\n";\narray_map("sleep", [600, 600, 600]);\necho "not reached";',
  'a generator':
    '$numbers = (function () { while (true) yield 1; })();\necho "begun\\n";\nforeach ($numbers as $number);',
  'a destructor':
    'class Lasting { function __destruct() { while (true); } }\n$lasting = new Lasting;\necho "begun\\n";\nunset($lasting);',
  'a command': 'echo "begun\\n";\nsystem("sleep 600");\necho "not reached";',
  'a command that ignores interrupts':
    'echo "begun\\n";\n$process = popen("trap \'\' INT; exec sleep 2", "r");\npclose($process);\necho "not reached";',
  'a server that waits for its client':
    '$server = stream_socket_server("tcp://127.0.0.1:0");\necho "begun\\n";\nstream_socket_accept($server, 600);\necho "not reached";',
  'a flood': 'echo "begun\\n";\nwhile (true) echo "again and again\\n";',
}

for (const target of TARGETS)
  describeWith(requirementsOf(target), `interrupts in ${target.name}`, () => {
    test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
      const session = await openSession(sessionOptions('php', target))
      await session.run('$kept = "kept";')
      await interruptOnce(session, code)
      await interruptOnce(session, code)
      const { stdout } = await session.run('echo $kept;')
      expect(stdout).toBe('kept')
    })

    test('a handler of the user is called instead, and one that is taken back is not', async () => {
      const session = await openSession(sessionOptions('php', target))
      const handler = 'function () { echo "handled\\n"; throw new Exception("by hand"); }'
      await session.run(`pcntl_async_signals(true);\npcntl_signal(SIGINT, ${handler});`)
      const handled = await runInterrupted(session, 'echo "begun\\n";\nwhile (true);')
      expect(handled.stdout).toBe('begun\nhandled\n')
      expect(handled.stderr).toContain('by hand')
      await session.run('pcntl_signal(SIGINT, SIG_DFL);')
      await interruptOnce(session, 'echo "begun\\n";\nwhile (true);')
    })
  })

async function interruptOnce(session: Session, code: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInterrupted(session, code)
  expect(stderr).toMatch(/^Interrupted in <cell \d+> on line \d+$/m)
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
}
