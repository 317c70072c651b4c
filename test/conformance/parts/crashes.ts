import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { driverOf } from '../../harness/driver.ts'
import { seen } from '../../harness/seen.ts'
import { until } from '../../harness/until.ts'
import { expectOutcome, RAISED, runCell } from '../cell.ts'
import type { CrashSample, QuerySamples } from '../samples.ts'
import type { Shared } from '../shared.ts'

const LOST = /context/

/** A driver that dies takes its context with it, and nothing else. Last, as what comes after starts afresh. */
export function describeCrashes(session: Shared, query: QuerySamples): void {
  const { crash } = query

  test(`a crash by ${crash.signal} is told with its cause, and the next cell is served`, async () => {
    await runCell(session(), crash.before)
    const cause = { stdout: 'begun', stderr: new RegExp(crash.signal), exitCode: exitCodeOf(crash) }
    await runCell(session(), { code: crash.code, ...cause })
    await checkAfter(session, query)
  })

  test('a driver that is killed in the middle of a cell ends it with the cause, and the next cell is served', async () => {
    await runCell(session(), crash.before)
    const { handlers, promise } = seen('begun\n')
    const running = session().run(query.interrupt.loop.code, handlers)
    await promise
    process.kill(driverOf(session().pid).pid, 'SIGKILL')
    expectOutcome(await running, { stderr: /SIGKILL/, exitCode: 128 + constants.signals.SIGKILL }, 'kill -9')
    await checkLost(session, query)
  })

  test('a driver that is killed between cells is replaced, and the next cell is told so', async () => {
    await runCell(session(), crash.before)
    process.kill(driverOf(session().pid).pid, 'SIGKILL')
    await until('the runner knows', async () => (await session().status()).query === 'lost')
    await checkLost(session, query)
  })
}

function exitCodeOf(crash: CrashSample): number {
  return 128 + constants.signals[crash.signal]
}

async function checkAfter(session: Shared, query: QuerySamples): Promise<void> {
  if (query.crash.contextKept) await runCell(session(), query.crash.after)
  else await checkLost(session, query)
}

/** The next cell says once that the context was lost, and it is. */
async function checkLost(session: Shared, query: QuerySamples): Promise<void> {
  const [first, second] = query.values
  await runCell(session(), { ...first, stderr: LOST })
  await runCell(session(), second)
  const gone = await session().run(query.crash.after.code)
  expect(gone.exitCode).toBe(RAISED)
}
