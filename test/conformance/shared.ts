import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { AgentSide } from '../harness/agent-side.ts'

/** A session that tests share, for as long as they pass: one that fails takes the session with it. */
export type Shared = () => AgentSide

export function shareSession(open: () => Promise<AgentSide>): Shared {
  let session: AgentSide | undefined
  const start = async () => {
    session ??= await open()
  }
  const end = async () => {
    const ending = session
    session = undefined
    await ending?.end()
  }
  beforeAll(start)
  beforeEach(start)
  afterEach(async ({ task }) => {
    // The session of a failed test is not asked what it left; the test has said what matters.
    if (task.result?.state === 'fail') await end().catch(() => {})
    else session?.checker.verify()
  })
  afterAll(end)
  return () => {
    if (!session) throw new Error('the session is not started')
    return session
  }
}
