import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { KRUNNER, temporaryFolder } from '../harness/krunner.ts'
import { openPeer } from '../harness/peer.ts'
import { childrenOf } from '../harness/processes.ts'
import { openSession } from '../harness/session.ts'
import { KEYS, openTerminal, pasted, type Terminal, type TerminalOptions } from '../harness/terminal.ts'

const { enter, altEnter, tab, up, left, ctrlC, ctrlD, ctrlR } = KEYS

/** At the first prompt, with a state folder of the test's own. */
async function openConsole(options: TerminalOptions = {}, ...args: string[]): Promise<Terminal> {
  const state = temporaryFolder()
  const env = { XDG_STATE_HOME: state, ...options.env }
  const terminal = openTerminal([KRUNNER, 'console', ...(args.length > 0 ? args : ['python'])], {
    cwd: state,
    ...options,
    env,
  })
  await terminal.shows('python> ')
  return terminal
}

async function leave(terminal: Terminal): Promise<void> {
  terminal.type(ctrlD)
  expect(await terminal.ended()).toBe(0)
}

test('a cell shows its value, and the next one knows the names', async () => {
  const terminal = await openConsole()
  terminal.type('x = 6 * 7', enter, 'x + 1', enter)
  await terminal.shows('\n43\r\n')
  await leave(terminal)
})

test("a block goes on until an empty line, with or without indents of one's own", async () => {
  const terminal = await openConsole()
  terminal.type('for i in range(2):', enter, 'print("ours", i)', enter, enter)
  await terminal.shows('\nours 0\r\nours 1\r\n')
  terminal.type('for i in range(2):', enter, '    print("mine", i)', enter, '    print(i)', enter, enter)
  await terminal.shows('\nmine 0\r\n0\r\nmine 1\r\n1\r\n')
  await leave(terminal)
})

test('a key starts a new line where none is needed', async () => {
  const terminal = await openConsole()
  terminal.type('a = 20', altEnter, 'a + 3', enter)
  await terminal.shows('\n23\r\n')
  await leave(terminal)
})

test('pasted lines are one cell, empty ones too', async () => {
  const terminal = await openConsole()
  terminal.type(pasted('def f():\n    a = 30\n\n    return a\n\nprint(f() + 1)\nf() + 2'), enter)
  await terminal.shows('\n31\r\n32\r\n')
  await leave(terminal)
})

test('the cell is edited in the middle', async () => {
  const terminal = await openConsole()
  terminal.type('"月日本"', left, left, left, KEYS.backspace, '曜', enter)
  await terminal.shows("\n'曜日本'\r\n")
  await leave(terminal)
})

test('Ctrl-C interrupts the running cell and keeps the context', async () => {
  const terminal = await openConsole()
  terminal.type('y = 50; print("runs")\nwhile True: pass'.replace('\n', altEnter), enter)
  await terminal.shows('\nruns\r\n')
  terminal.type(ctrlC)
  await terminal.shows('KeyboardInterrupt')
  await terminal.shows('[exit code 1]')
  terminal.type('y + 1', enter)
  await terminal.shows('\n51\r\n')
  await leave(terminal)
})

test('Ctrl-C at the prompt drops the entry', async () => {
  const terminal = await openConsole()
  terminal.type('print("dropped")', ctrlC)
  await terminal.shows('^C')
  terminal.type('print("kept")', enter)
  expect(await terminal.shows('\nkept\r\n')).not.toContain('\ndropped')
  await leave(terminal)
})

test('a question is answered in the line of its prompt', async () => {
  const terminal = await openConsole()
  terminal.type('"Hello " + input("Name? ")', enter)
  await terminal.shows('\nName? ')
  terminal.type('Ada', enter)
  await terminal.shows("\n'Hello Ada'\r\n")
  await leave(terminal)
})

test('a password is not shown', async () => {
  const terminal = await openConsole()
  terminal.type('import getpass; len(getpass.getpass("Secret? "))', enter)
  await terminal.shows('\nSecret? ')
  terminal.type('hunter2', enter)
  expect(await terminal.shows('\n7\r\n')).not.toContain('hunter')
  expect(terminal.written).not.toContain('hunter2')
  await leave(terminal)
})

test('Ctrl-C cancels a question', async () => {
  const terminal = await openConsole()
  terminal.type('input("Name? ")', enter)
  await terminal.shows('\nName? ')
  terminal.type('half an ans', ctrlC)
  await terminal.shows('KeyboardInterrupt')
  terminal.type('"next"', enter)
  await terminal.shows("\n'next'\r\n")
  await leave(terminal)
})

test('Tab completes a name of an earlier cell', async () => {
  const terminal = await openConsole()
  terminal.type('remembered_value = 60; print("set")', enter)
  await terminal.shows('\nset\r\n')
  terminal.type('remembered_v', tab)
  await terminal.shows('remembered_value\r')
  terminal.type(' + 1', enter)
  await terminal.shows('\n61\r\n')
  await leave(terminal)
})

test('the history of one session is there in the next', async () => {
  const env = { XDG_STATE_HOME: temporaryFolder() }
  const first = await openConsole({ env })
  first.type('if True:', enter, 'print("first")', enter, enter)
  await first.shows('\nfirst\r\n')
  first.type('"second"', enter)
  await first.shows("\n'second'\r\n")
  await leave(first)
  const next = await openConsole({ env })
  next.type(up, enter)
  await next.shows("\n'second'\r\n")
  next.type(ctrlR, 'rint', enter)
  await next.shows('\nfirst\r\n')
  await leave(next)
  const history = readFileSync(`${env.XDG_STATE_HOME}/krunner/history-python.jsonl`, 'utf8')
  expect(
    history
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(['if True:\n    print("first")', '"second"', 'if True:\n    print("first")'])
})

test('errors are in colour, and without it where NO_COLOR is set', async () => {
  const cell = 'import sys; sys.stderr.write("a complaint\\n")'
  const coloured = await openConsole()
  coloured.type(cell, enter)
  await coloured.shows('\na complaint\r\n')
  expect(coloured.written).toContain('\x1b[31ma complaint\x1b[39m')
  await leave(coloured)
  const plain = await openConsole({ env: { NO_COLOR: '1' } })
  plain.type(cell, enter)
  await plain.shows('\na complaint\r\n')
  expect(plain.written).not.toContain('\x1b[31m')
  await leave(plain)
})

test('an exit code that is not 0 is shown', async () => {
  const terminal = await openConsole()
  terminal.type('exit(3)', enter)
  await terminal.shows('[exit code 3]')
  await leave(terminal)
})

test('an image is shown in the terminal where it can, and else saved', async () => {
  const cell = "type('Plot', (), {'_repr_png_': lambda self: b'\\x89PNG\\r\\n\\x1a\\n'})()"
  const kitty = await openConsole({ env: { TERM: 'xterm-kitty' } })
  kitty.type(cell, enter)
  await kitty.writes('\x1b_Ga=T,f=100,q=2,m=0;iVBORw0KGgo=\x1b\\')
  await leave(kitty)
  const other = await openConsole()
  other.type(cell, enter)
  await other.shows('[image/png: ')
  expect(readFileSync(await other.shows(']\r\n')).toString('hex')).toBe('89504e470d0a1a0a')
  await leave(other)
})

test('what comes while one types goes above what is typed', async () => {
  const peer = await openPeer()
  const address = `127.0.0.1:${peer.portIn}:${peer.portOut}`
  const env = { XDG_STATE_HOME: temporaryFolder() }
  const terminal = openTerminal([KRUNNER, 'console', '--connect', address], { env })
  expect(await peer.command()).toEqual({ type: 'status' })
  await peer.send({ type: 'status', status: { started_at: 1 } })
  await terminal.shows('krunner> ')
  terminal.type('half an')
  await terminal.shows('krunner> half an\r')
  await peer.send({ type: 'stderr', data: Buffer.from('a warning') })
  await terminal.shows('a warning\r\n')
  await terminal.shows('krunner> half an\r')
  terminal.type(' entry', enter)
  expect(await peer.command()).toEqual({ type: 'code', source: 'half an entry' })
  await peer.send({ type: 'finished', exitCode: 0 })
  await leave(terminal)
})

test('it joins a runner that runs, and leaves it as it was', async () => {
  const session = await openSession({ runtime: 'python' })
  await session.client.run('shared = 70')
  const { portIn, portOut } = session.runner
  await session.disconnect()
  const terminal = await openConsole({}, '--connect', `127.0.0.1:${portIn}:${portOut}`)
  terminal.type('shared + 1', enter)
  await terminal.shows('\n71\r\n')
  await leave(terminal)
})

test('a terminal that hangs up takes the runner with it', async () => {
  const terminal = await openConsole()
  terminal.type('while True: pass', enter, enter)
  terminal.hangUp()
  expect(await terminal.ended()).toBe(129)
})

test('SIGTERM gives the terminal back and stops the runner', async () => {
  const terminal = await openConsole()
  const [console] = childrenOf(terminal.pid)
  process.kill(console?.pid ?? 0, 'SIGTERM')
  expect(await terminal.ended()).toBe(143)
  expect(terminal.written.endsWith('\x1b[?2004l')).toBe(true)
})
