import { expect, test } from 'vitest'
import type { Shared } from '../shared.ts'

const NO_WAY = 127

/** A language without a query driver says so, and goes on. */
export function describeAbsentQuery(session: Shared): void {
  test('code is answered with exit code 127 and a sentence', async () => {
    for (const code of ['1 + 1', '']) {
      const { exitCode, stderr } = await session().run(code)
      expect(exitCode).toBe(NO_WAY)
      expect(stderr).toMatch(/query mode/)
    }
    expect((await session().status()).query).toBe('none')
  })

  test('a request to complete is answered with no suggestions', async () => {
    expect(await session().client.complete({ code: 'a' })).toEqual([])
  })
}

/** A runtime without heuristics runs what it is told, and answers the rest. */
export function describeAbsentBatch(session: Shared): void {
  test("'*' is answered with exit code 127 and a sentence", async () => {
    const { exec } = await session().client.batch({ exec: '*' })
    expect(exec.exitCode).toBe(NO_WAY)
    expect(exec.stderr).toMatch(/\w+ \w+/)
  })

  test('an explicit command runs', async () => {
    const { build, exec } = await session().client.batch({
      build: 'echo building',
      exec: 'echo executing; exit 7',
    })
    expect([build.stdout, exec.stdout]).toEqual(['building\n', 'executing\n'])
    expect([build.exitCode, exec.exitCode]).toEqual([0, 7])
  })
}
