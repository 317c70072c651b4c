/** What an interrupt of Go must reach, what it must leave alone, and that nothing goes on running behind it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DRIVER } from '../../runtimes/golang/driver-path.ts'
import { runInterrupted } from '../harness/interrupt.ts'
import { childrenOf } from '../harness/processes.ts'
import { openSession, type Session } from '../harness/session.ts'
import { until } from '../harness/until.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const ENDLESS = {
  'an empty loop': 'fmt.Println("begun")\nfor {}',
  'a loop of calls':
    'func again() { for { once() } }\nfunc once() {}\nfmt.Println("begun")\nagain()\nfmt.Println("not reached")',
  'a loop that recovers from everything':
    'fmt.Println("begun")\nfor { func() { defer func() { recover() }(); for {} }() }',
  'a loop in a goroutine and one beside it': 'go func() { for {} }()\nfmt.Println("begun")\nfor {}',
  'a loop that compiled code calls':
    'fmt.Println("begun")\nslices := make([]int, 1000)\nfor { sort.Slice(slices, func(i, j int) bool { return i < j }) }',
  'a channel that nobody sends to':
    'func wait() int { return <-make(chan int) }\nfmt.Println("begun")\nfmt.Println("not reached", wait())',
  'a channel that nobody reads': 'fmt.Println("begun")\nmake(chan int) <- 1\nfmt.Println("not reached")',
  'an empty select': 'fmt.Println("begun")\nselect {}',
  'a mutex that is locked': 'var locked sync.Mutex\nlocked.Lock()\nfmt.Println("begun")\nlocked.Lock()',
  'a socket that says nothing':
    'listener, _ := net.Listen("tcp", "127.0.0.1:0")\nfmt.Println("begun")\nlistener.Accept()\nfmt.Println("not reached")',
  'a command that runs':
    'fmt.Println("begun")\nexec.Command("sleep", "600").Run()\nfmt.Println("not reached")',
  'deep calls': 'func down(n int) { if n == 0 { for {} }; down(n - 1) }\nfmt.Println("begun")\ndown(1000)',
}

describeWith([programThere(DRIVER)], 'interrupts of Go', () => {
  test.each(Object.entries(ENDLESS))('%s is left, twice, and the context kept', async (_, code) => {
    const session = await openSession({ runtime: 'golang' })
    await session.run('counter := func() func() int { n := 0; return func() int { n++; return n } }()')
    await interruptOnce(session, code)
    await interruptOnce(session, code)
    expect((await session.run('counter() + counter()')).stdout).toBe('3\n')
    await settles(session)
  })

  test('goroutines of earlier cells go on', async () => {
    const session = await openSession({ runtime: 'golang' })
    await session.run(
      'ticks := make(chan int)\ngo func() { for n := 0; ; n++ { time.Sleep(time.Millisecond); ticks <- n } }()',
    )
    await session.run('<-ticks')
    await interruptOnce(session, 'fmt.Println("begun")\nfor {}')
    const { stdout, exitCode } = await session.run('before := <-ticks\n<-ticks > before')
    expect({ stdout, exitCode }).toEqual({ stdout: 'true\n', exitCode: 0 })
  })

  test('what a cancelled question would have read goes to the next one', async () => {
    const session = await openSession({ runtime: 'golang' })
    await session.run('lines := bufio.NewReader(os.Stdin)')
    const code = 'fmt.Print("? ")\nline, err := lines.ReadString(\'\\n\')\nfmt.Println(line, err)'
    for (let time = 0; time < 2; time++) {
      const onQuestion = async () => {
        await session.client.interrupt()
        return undefined
      }
      expect((await session.run(code, { onQuestion })).exitCode).toBe(1)
    }
    const { stdout } = await session.run(code, { onQuestion: () => 'for me' })
    expect(stdout).toBe('? for me\n <nil>\n')
  })

  test('deferred calls of a cell that is interrupted are made', async () => {
    const session = await openSession({ runtime: 'golang' })
    await session.run('var held sync.Mutex')
    await interruptOnce(
      session,
      'func holds() {\n\theld.Lock()\n\tdefer held.Unlock()\n\tfmt.Println("begun")\n\tfor {}\n}\nholds()',
    )
    expect((await session.run('held.TryLock()')).stdout).toBe('true\n')
  })
})

async function interruptOnce(session: Session, code: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInterrupted(session, code)
  expect(stderr).toBe('signal: interrupt\n')
  expect(stdout).not.toContain('not reached')
  expect(exitCode).toBe(1)
}

/** The driver uses no more time on any processor: two looks at it in a row see the same. */
async function settles(session: Session): Promise<void> {
  const [driver] = childrenOf(session.pid)
  if (!driver) throw new Error('there is no driver')
  let before = -1
  await until('the driver rests', () => {
    const now = ticksOf(driver.pid)
    const rests = now === before
    before = now
    return rests
  })
}

function ticksOf(pid: number): number {
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ')
  return Number(user) + Number(system)
}
