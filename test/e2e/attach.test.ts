import { expect, test } from 'vitest'
import { KRUNNER, krunner } from '../harness/krunner.ts'
import { freePort } from '../harness/ports.ts'
import { openSession } from '../harness/session.ts'
import { openTerminal } from '../harness/terminal.ts'

const SHELL = { command: ['bash', '--norc', '--noprofile'], env: { PS1: 'ready> ' } }

const LEAVE = '\x1d'

test('a terminal is attached to a terminal service, left, and found again', async () => {
  const session = await openSession({ runtime: 'app', mayWarn: true, definitions: { shell: SHELL } })
  const port = await freePort()
  await session.client.startService({ name: 'shell', port, protocol: 'pty' })
  const attach = () =>
    openTerminal([KRUNNER, 'attach', `127.0.0.1:${port}`, '--session', 'mine'], { columns: 90 })
  const first = attach()
  await first.shows('ready>')
  first.type('stty size; kept=he$()re\r')
  await first.shows('24 90')
  first.type(LEAVE)
  await first.shows('[left; the terminal goes on]')
  expect(await first.ended()).toBe(0)
  const again = attach()
  await again.shows('24 90')
  again.type('echo still $kept; exit 3\r')
  await again.shows('still here')
  await again.shows('exited with code 3')
  expect(await again.ended()).toBe(0)
})

test('a terminal is attached to the Linux console, which has its size, and a new shell when one exits', async () => {
  const session = await openSession({ runtime: 'git', env: { ...process.env, HOME: '/nonexistent' } })
  const { portIn, portOut } = session.runner
  await session.disconnect()
  const terminal = openTerminal([KRUNNER, 'attach', '--connect', `127.0.0.1:${portIn}:${portOut}`], {
    columns: 91,
  })
  terminal.type('\r')
  terminal.type('stty size; echo shell $$, lea$()ving; exit\r')
  await terminal.shows('24 91')
  await terminal.shows('leaving')
  // What is typed to a shell that is about to exit goes with it.
  await terminal.shows('exit')
  await terminal.shows(process.getuid?.() === 0 ? '# ' : '$ ')
  terminal.type('echo ano$()ther $(tty)\r')
  await terminal.shows('another /dev/pts/')
  terminal.type(LEAVE)
  expect(await terminal.ended()).toBe(0)
  await session.reconnect()
})

test('keys and screen of the console are raw bytes on two sockets of their own', async () => {
  const session = await openSession({ runtime: 'git' })
  const { console: ports } = await session.status()
  expect(ports).toEqual({ keys: expect.any(Number), screen: expect.any(Number) })
  const ping = await session.run('%ping')
  expect(ping).toMatchObject({ exitCode: 0, stdout: 'pong!\n' })
  expect(await session.run('%resize 30 70')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
  expect(await session.run('%resize 0 x')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('%resize 24 80'),
  })
})

test.each([
  [['attach'], /say where/],
  [['attach', '127.0.0.1:0'], /HOST:PORT/],
])('krunner %j says what is missing', async (args, why) => {
  const { stderr, exitCode } = await krunner(...args)
  expect(stderr).toMatch(why)
  expect(exitCode).toBe(2)
})

test('who attaches where no terminal is, is told so', async () => {
  const port = await freePort()
  const terminal = openTerminal([KRUNNER, 'attach', `127.0.0.1:${port}`])
  await terminal.shows(`no terminal to attach to at 127.0.0.1:${port}`)
  expect(await terminal.ended()).toBe(125)
})
