/** An interrupt may come at any moment: as a cell starts, as it ends, while it displays, and many at once. */
import { expect, test } from 'vitest'
import { openSession } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const CELLS = [
  'pass',
  'kept',
  'for number in range(2000): pass',
  'print("line " * 2000)',
  'display(Shown())',
  'try:\n    1 / 0\nfinally:\n    number = 1',
  'import time\ntime.sleep(0.002)',
]
const ROUNDS = 60

describeWith([programThere(PYTHON)], 'interrupts of Python', () => {
  test('they end one cell at the most, whenever they come, and the context stays', async () => {
    const session = await openSession({ runtime: 'python', runtimePath: PYTHON })
    await session.run("kept = 42\nclass Shown:\n    def _repr_html_(self):\n        return 'x' * 50000")
    for (let round = 0; round < ROUNDS; round++) {
      const code = CELLS[round % CELLS.length] ?? ''
      const running = session.run(code)
      for (let time = 0; time <= round % 4; time++) await session.client.interrupt()
      const { exitCode, results } = await running
      expect([0, 1], code).toContain(exitCode)
      for (const result of results) if (result.type === 'html') expect(result.html.length).toBe(50000)
      const { stdout, stderr } = await session.run('kept')
      expect([stdout, stderr]).toEqual(['42\n', ''])
    }
  })

  test('one that comes on the heels of an endless cell ends it', async () => {
    const session = await openSession({ runtime: 'python', runtimePath: PYTHON })
    for (let round = 0; round < ROUNDS; round++) {
      const running = session.run('while True:\n    pass')
      void session.client.interrupt()
      const { exitCode, stderr } = await running
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('KeyboardInterrupt')])
    }
  })

  test('a completion that does not end is given up', async () => {
    const session = await openSession({ runtime: 'python', runtimePath: PYTHON })
    await session.run(
      'class Endless:\n    def __getattr__(self, name):\n        while True: pass\nendless = Endless()',
    )
    expect(await session.client.complete({ code: 'endless.attribute.nam' })).toEqual([])
    expect((await session.run('1 + 1')).stdout).toBe('2\n')
  })

  test('a cell that catches them goes on, and ends when it wants to', async () => {
    const session = await openSession({ runtime: 'python', runtimePath: PYTHON })
    const code = `import time
caught = 0
while caught < 3:
    try:
        print('waiting')
        time.sleep(600)
    except KeyboardInterrupt:
        caught += 1
caught`
    let lines = 0
    const { stdout, exitCode } = await session.run(code, {
      onResult(result) {
        // A line may come in two messages; the last line is the value.
        if (result.type !== 'stdout' || !Buffer.from(result.data).includes('\n')) return
        if (++lines <= 3) void session.client.interrupt()
      },
    })
    expect([stdout, exitCode]).toEqual(['waiting\nwaiting\nwaiting\n3\n', 0])
  })
})
