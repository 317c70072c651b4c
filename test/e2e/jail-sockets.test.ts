/** User code that speaks to the runner's own ports as an agent does. What an agent on another machine may do takes CURVE to hold. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { program } from '../fixtures/programs.ts'
import { startJailed } from '../harness/jailed.ts'
import type { Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const PROGRAM = 'speaks-as-agent.py'
/** An address of this machine that is not the loopback's, where it has one. */
const ADDRESSES = Object.values(networkInterfaces())
  .flat()
  .filter((one) => one?.family === 'IPv4' && !one.internal)
  .map((one) => one?.address ?? '')

describeWith([programThere(PYTHON)], "the runner's ports, from the jail", () => {
  let session: Session
  beforeAll(async () => {
    session = await startJailed({ runtime: 'python', runtimePath: PYTHON, mayWarn: true })
    copyFileSync(program(PROGRAM), session.path(PROGRAM))
  })
  afterAll(() => session.end())

  const speak = (...words: string[]) => session.exec(`${PYTHON} ${PROGRAM} ${words.join(' ')}`)

  test.each(['portIn', 'portOut'] as const)('%s turns away a batch step', async (port) => {
    const { stdout } = await speak(String(session.runner[port]), "'touch made'", '127.0.0.1', 'stay')
    expect(stdout.trim()).toBe('turned away')
    expect(existsSync(session.path('made'))).toBe(false)
  })

  test('one that sends a command and is gone at once has it not run', async () => {
    for (let round = 0; round < 5; round++) await speak(String(session.runner.portIn), "'touch made'")
    expect((await session.exec('true')).exitCode).toBe(0)
    expect(existsSync(session.path('made'))).toBe(false)
  })

  test('a daemonised process is turned away, whoever its parent is by now', async () => {
    await speak(
      String(session.runner.portIn),
      "'touch made'",
      '127.0.0.1',
      'stay',
      '> said 2>&1 & disown; exit',
    )
    await until('it has tried', async () => (await session.exec('cat said')).stdout.includes('turned away'))
    expect(existsSync(session.path('made'))).toBe(false)
  })

  test('a cell is turned away', async () => {
    const source = `import subprocess\nsubprocess.run(['${PYTHON}', '${PROGRAM}', '${session.runner.portIn}', 'touch made', '127.0.0.1', 'stay'])`
    expect((await session.run(source)).stdout).toContain('turned away')
    expect(existsSync(session.path('made'))).toBe(false)
  })

  test('the agent of the test, on the same machine, goes on', async () => {
    expect((await session.run('6 * 7')).stdout).toContain('42')
    await session.disconnect()
    await session.reconnect()
    expect((await session.run('6 * 7')).stdout).toContain('42')
  })

  test('the same program outside of the jail is answered', () => {
    const words = [PROGRAM, String(session.runner.portOut), 'true', '127.0.0.1', 'stay']
    expect(execFileSync(PYTHON, words, { cwd: session.folder, encoding: 'utf8' }).trim()).toBe('answered')
  })

  test.runIf(ADDRESSES.length > 0)(
    'a runner that listens everywhere is no more open by its own address',
    async () => {
      const everywhere = await startJailed({ args: ['--jail', '--listen', '0.0.0.0'] })
      copyFileSync(program(PROGRAM), everywhere.path(PROGRAM))
      const { stdout } = await everywhere.exec(
        `${PYTHON} ${PROGRAM} ${everywhere.runner.portIn} 'touch made' ${ADDRESSES[0]} stay`,
      )
      expect(stdout.trim()).toBe('turned away')
      await everywhere.end()
    },
  )
})
