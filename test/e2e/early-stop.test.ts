/** The kernel keeps from process 1 the signals that it has no handler for; a request to stop must not be lost by that. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { TREE } from '../harness/agent-container.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import { childrenOf } from '../harness/processes.ts'
import { until } from '../harness/until.ts'
import { describeWith, programThere, rootUser } from '../toolchain/requirement.ts'

const PYTHON = join(TREE, 'opt/backend.ai/bin/python')
/** From the first program to the ready daemon; each so many looks, of 10 ms and more, after the start. */
const MOMENTS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24]

describeWith([rootUser(), programThere(PYTHON)], 'a daemon that is process 1', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('is stopped by %s whenever it comes', async (signal) => {
    for (const moment of MOMENTS) expect(await stoppedAt(moment, signal)).not.toBe('it goes on')
  })
})

async function stoppedAt(moment: number, signal: NodeJS.Signals): Promise<unknown> {
  const folder = temporaryFolder()
  const places = ['--work', folder, '--config', folder, '--spool', folder]
  const serve = [
    PYTHON,
    'serve',
    '--port-in',
    '0',
    '--port-out',
    '0',
    '--no-intrinsic-services',
    ...places,
    'app',
  ]
  const child = spawn('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', ...serve], {
    env: { PATH: process.env.PATH, TMPDIR: folder },
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const first = await until('it runs', () =>
    childrenOf(child.pid ?? 0).find(({ command }) => command.startsWith(PYTHON)),
  )
  let looks = 0
  await until('the moment has come', () => looks++ >= moment)
  process.kill(first.pid, signal)
  const hang = new Promise((resolve) => setTimeout(resolve, 10_000, 'it goes on').unref())
  return await Promise.race([ended, hang])
}
