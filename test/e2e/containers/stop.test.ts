/** The stop signal of an agent, whatever the container is doing. */
import { expect, test } from 'vitest'
import { type ContainerSession, containerNeeds, openContainer } from '../../harness/container-session.ts'
import { seen } from '../../harness/seen.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const PYTHON = {
  root: 'bookworm',
  runtime: 'python',
  runtimePath: '/usr/bin/python3',
  mayWarn: true,
} as const
const STUBBORN = "trap '' INT TERM HUP; echo begun; while :; do sleep 1; done"

/** Starts it, waits until it runs, and leaves it. */
async function begin(
  start: (handlers: ReturnType<typeof seen>['handlers']) => Promise<unknown>,
): Promise<void> {
  const { handlers, promise } = seen('begun\n')
  start(handlers).catch(() => {})
  await promise
}

async function expectStop(session: ContainerSession): Promise<void> {
  session.checker.abandonSteps()
  expect(await session.stop()).toBe(0)
  expect(session.processes).toEqual([])
}

describeWith(containerNeeds('bookworm', 'busybox'), 'docker stop', () => {
  test.each(['bookworm', 'busybox'] as const)(
    'ends within 3 s while a program ignores every signal: %s',
    async (root) => {
      const session = await openContainer({ root, runtime: 'app', mayWarn: true })
      await begin((handlers) => session.exec(STUBBORN, handlers))
      await expectStop(session)
    },
  )

  test('ends within 3 s while a cell runs that ignores interrupts', async () => {
    const session = await openContainer(PYTHON)
    const code =
      'import signal\nfor number in (2, 15): signal.signal(number, signal.SIG_IGN)\nprint("begun")\nwhile True: pass'
    await begin((handlers) => session.run(code, handlers))
    await expectStop(session)
  })

  test('ends within 3 s while somebody is at the terminal, and something runs there that has left its session', async () => {
    const session = await openContainer(PYTHON)
    await session.serves(session.ports.ttyd)
    const client = await TtydClient.connect(session.ports.ttyd)
    client.type(`setsid sh -c "${STUBBORN}" & echo typed $((6 * 7))\n`)
    await client.shows('typed 42')
    await client.shows('begun\r\n')
    await expectStop(session)
    expect(client.closed).toBeDefined()
  })

  test('ends within 3 s in the middle of a flood that nobody reads', async () => {
    const session = await openContainer(PYTHON)
    await begin((handlers) => session.exec('echo begun; exec yes', { ...handlers, keep: false }))
    session.client.pause()
    await expectStop(session)
  })
})
