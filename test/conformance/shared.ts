import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { Session, type SessionOptions } from '../harness/session.ts'

/** A session that tests share, for as long as they pass: one that fails takes the session with it. */
export type Shared = () => Session

export function shareSession(options: SessionOptions): Shared {
  let session: Session | undefined
  const start = async () => {
    session ??= await Session.start(options)
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
