/** What Lua itself does not interrupt: coroutines, protected calls, children of the shell, and anything twice. */
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const PROGRAMS = ['lua5.1', 'lua5.3', 'lua5.4', 'luajit']

const ENDLESS = {
  'a coroutine in an endless loop': 'print("begun")\ncoroutine.wrap(function() while true do end end)()',
  'a coroutine in a coroutine':
    'print("begun")\nlocal function spin() while true do end end\nlocal outer = coroutine.create(function() return coroutine.resume(coroutine.create(spin)) end)\ncoroutine.resume(outer)\nwhile true do end',
  'a loop that catches every error':
    'print("begun")\nwhile true do pcall(function() while true do end end) end',
  'a loop whose handler goes on':
    'print("begun")\nwhile true do xpcall(function() while true do end end, function() return "handled" end) end',
  'a loop of failing calls': 'print("begun")\nwhile true do pcall(error, "again") end',
  'a command of the shell in a coroutine':
    'print("begun")\ncoroutine.wrap(function() os.execute("sleep 600") print("not reached") end)()',
  'a pipe from a command':
    'local pipe = io.popen("echo begun; exec sleep 600")\nprint(pipe:read())\npipe:read()\nprint("not reached")',
  'a flood': 'print("begun")\nwhile true do print("again and again") end',
}

for (const program of PROGRAMS)
  describeWith([programThere(`/usr/bin/${program}`)], `interrupts in ${program}`, () => {
    test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, code) => {
      const session = await openSession({ runtime: 'lua', runtimePath: `/usr/bin/${program}` })
      await session.run('local kept = "kept"')
      await interruptOnce(session, code)
      await interruptOnce(session, code)
      const { stdout } = await session.run('kept')
      expect(stdout).toBe('kept\n')
    })
  })

async function interruptOnce(session: Session, code: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInterrupted(session, code)
  expect(stderr).toContain('interrupted!')
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
}
