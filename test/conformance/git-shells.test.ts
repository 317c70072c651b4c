/** What shells have each in their own way: interrupts of all kinds, traps, prompts, and the end. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runInterrupted } from '../harness/interrupt.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import { seen } from '../harness/seen.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const SHELLS = ['/usr/bin/bash', '/usr/bin/dash', '/usr/bin/busybox', '/usr/bin/zsh']

/** An interrupt that meets malloc of glibc blocks ash of busybox for ever. */
const BODIES: Readonly<Record<string, string>> = { '/usr/bin/busybox': 'sleep 1' }

const ENDLESS = {
  'a loop in functions': 'f() { while :; do :; done; }\ng() { f; }\necho begun\ng',
  'a loop in a sourced file': 'echo "while :; do :; done" >loop.sh\necho begun\n. ./loop.sh',
  'a loop of sleeps': 'n=0; while :; do sh -c "echo begun; exec sleep 600"; done',
  'a subshell': '(echo begun; while :; do :; done)\necho not reached',
  'a pipeline': 'sh -c "echo begun; exec sleep 600" | cat\necho not reached',
  'a command substitution': 'echo begun\nx=$(while :; do :; done)\necho not reached',
  'a program that reads stdin': 'sh -c "echo begun; exec cat"\necho not reached',
  'wait for a job': 'sleep 600 & job=$!\necho begun\nwait "$job"\necho not reached',
}

for (const shell of SHELLS)
  describeWith([programThere(shell)], `the Linux console on ${shell}`, () => {
    test.each(Object.entries(ENDLESS))('%s is left, and the context kept', async (_, endless) => {
      const code = endless.replace('do :;', `do ${BODIES[shell] ?? ':'};`)
      const session = await openShell(shell)
      await session.run('kept=kept')
      await interruptOnce(session, code)
      await interruptOnce(session, code)
      const { stdout } = await session.run('kill $job 2>/dev/null; echo "$kept"')
      expect(stdout).toBe('kept\n')
    })

    test('a loop of short programs is left, at the latest when one insists', async () => {
      const session = await openShell(shell)
      const { handlers, promise } = seen('begun\n')
      let isOver = false
      const running = session.run('echo begun\nwhile :; do /bin/true; done', handlers).finally(() => {
        isOver = true
      })
      await promise
      while (!isOver) {
        await session.client.interrupt()
        await session.status()
      }
      expect((await running).exitCode).toBe(1)
      expect((await session.run('echo after')).stdout).toBe('after\n')
    })

    test("a program's own answer to an interrupt is heard, and what follows is the user's", async () => {
      const session = await openShell(shell)
      const patient = `trap 'echo caught; exit 7' INT; echo begun; while :; do sleep 0.01; done`
      const result = await interrupted(session, `sh -c "${patient}"`)
      expect(result.stdout).toContain('begun\ncaught\n')
      const { stdout } = await session.run('echo after')
      expect(stdout).toBe('after\n')
    })

    test('exit in a trap on INT ends the cell with its code', async () => {
      const session = await openShell(shell)
      await session.run("kept=kept\ntrap 'echo caught; exit 7' INT")
      const result = await interrupted(session, 'sh -c "echo begun; exec sleep 600"\necho not reached')
      expect([result.stdout, result.exitCode]).toEqual(['begun\ncaught\n', 7])
      const { stdout } = await session.run('trap - INT; echo "$kept"')
      expect(stdout).toBe('kept\n')
    })

    test('a trap on EXIT runs when the session ends, and not before', async () => {
      const session = await openShell(shell)
      const file = join(temporaryFolder(), 'left')
      await session.run(`trap 'echo left >${file}' EXIT\nexit 3`)
      expect(existsSync(file)).toBe(false)
      await session.end()
      expect(readFileSync(file, 'utf8')).toBe('left\n')
    })

    test('code that ends within a substitution is an error, however often, and the shell stays', async () => {
      const session = await openShell(shell)
      await session.run('kept=kept')
      for (const code of ['echo $(', 'name() {', 'echo "$(ls', 'if true', 'cat <(', 'echo $(', 'name() {'])
        expect((await session.run(code)).exitCode).not.toBe(0)
      const { stdout, stderr } = await session.run('echo "$kept"')
      expect([stdout, stderr]).toEqual(['kept\n', ''])
    })
  })

describeWith([programThere('/usr/bin/bash')], 'bash', () => {
  test('the prompt of read -p is seen', async () => {
    const session = await openShell('/usr/bin/bash')
    const prompts: string[] = []
    const { stdout } = await session.run('read -rp "Your name? " name\necho "Hello, $name"', {
      onQuestion: ({ prompt }) => {
        prompts.push(prompt)
        return 'Ada'
      },
    })
    expect(prompts).toEqual(['Your name? '])
    expect(stdout).toBe('Your name? Hello, Ada\n')
  })

  test('recursion without an end is an error, and the context stays', async () => {
    const session = await openShell('/usr/bin/bash')
    const { exitCode, stderr } = await session.run('kept=kept\nf() { f; }\nf')
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('nesting level')])
    expect((await session.run('echo "$kept"')).stdout).toBe('kept\n')
  })

  test('exit leaves the options and traps of the user as they were', async () => {
    const session = await openShell('/usr/bin/bash')
    const settings = 'trap; set +o; shopt'
    await session.run("trap 'true' DEBUG\ntrap 'true' ERR\nset -e")
    const before = await session.run(settings)
    for (const code of ['exit 3', 'f() { exit 4; }; for n in 1 2; do f; done'])
      expect((await session.run(code)).exitCode).not.toBe(0)
    expect((await session.run(settings)).stdout).toBe(before.stdout)
  })
})

function openShell(runtimePath: string): Promise<Session> {
  return openSession({ runtime: 'git', runtimePath })
}

async function interrupted(session: Session, code: string) {
  return runInterrupted(session, code)
}

async function interruptOnce(session: Session, code: string): Promise<void> {
  const { exitCode, stdout, stderr } = await interrupted(session, code)
  expect(stderr).toContain('interrupted')
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
}
