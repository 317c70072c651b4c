import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort } from '../harness/ports.ts'
import { openSession, type Session } from '../harness/session.ts'
import { TtydClient } from '../harness/ttyd-client.ts'
import { until } from '../harness/until.ts'

const SHELL = { command: ['bash', '--norc', '--noprofile'], env: { PS1: '$ ' } }

async function open(definition: object = SHELL): Promise<{ session: Session; port: number }> {
  const session = await openSession({ runtime: 'app', mayWarn: true, definitions: { shell: definition } })
  const port = await freePort()
  expect(await session.client.startService({ name: 'shell', port, protocol: 'pty' })).toEqual({
    status: 'started',
  })
  return { session, port }
}

describe('a terminal', () => {
  test('shows what is typed, and what comes of it', async () => {
    const { port } = await open()
    const client = await TtydClient.connect(port)
    client.type('echo $((6 * 7)) $TERM; tty\n')
    await client.shows(/42 xterm-256color\r\n\/dev\/pts\/\d+/)
    expect(client.title).toBe('shell')
  })

  test('has the size of its viewer’s screen, and follows it', async () => {
    const { port } = await open()
    const client = await TtydClient.connect(port, { size: { rows: 31, columns: 101 } })
    client.type('stty size\n')
    await client.shows('31 101')
    client.resize(40, 120)
    client.type('stty size\n')
    await client.shows('40 120')
  })

  test('takes Ctrl-C and Ctrl-D', async () => {
    const { session, port } = await open()
    const client = await TtydClient.connect(port)
    client.type('sleep 600\n')
    await until('it sleeps', () => session.processes.some(({ command }) => command.includes('sleep')))
    client.type('\x03')
    await client.shows('^C')
    client.type('echo back $?\n')
    await client.shows('back 130')
    client.type('\x04')
    await until('it ends', () => client.closed !== undefined)
    expect(client.closed).toMatchObject({ code: 1000, reason: expect.stringContaining('exited with code') })
  })

  test('carries characters that are split anywhere, both ways', async () => {
    const { port } = await open({ command: ['cat'] })
    const client = await TtydClient.connect(port)
    for (const byte of Buffer.from('日本語 🐢 é\n')) client.socket.send(Buffer.of(0x30, byte))
    await client.shows('日本語 🐢 é\r\n日本語 🐢 é\r\n')
  })

  test('takes a paste of a megabyte, whole', async () => {
    const { port } = await open()
    const client = await TtydClient.connect(port)
    client.type('stty raw -echo; head -c 1048576 | sha256sum; stty sane\n')
    await client.shows('sha256sum')
    client.type('x'.repeat(1024 * 1024))
    await client.shows(
      createHash('sha256')
        .update('x'.repeat(1024 * 1024))
        .digest('hex'),
    )
  })

  test('floods a viewer that reads without losing a byte', async () => {
    const { port } = await open({
      command: ['sh', '-c', 'stty -opost; head -c 52428800 /dev/zero | tr "\\\\0" y; echo; echo end'],
    })
    const client = await TtydClient.connect(port)
    await until('all has come', () => client.closed !== undefined)
    expect(client.bytes).toBe(52_428_800 + '\nend\n'.length)
    expect(client.text).toMatch(/y\nend\n$/)
  })

  test('holds the program of a viewer that does not read, in bounded memory', async () => {
    const { session, port } = await open({
      command: ['sh', '-c', 'head -c 67108864 /dev/zero; echo over; sleep 600'],
    })
    const client = await TtydClient.connect(port)
    await until('it flows', () => client.bytes > 0)
    client.socket.pause()
    const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${session.pid}/status`, 'utf8'))?.[1])
    const before = rss()
    const head = () => session.processes.find(({ command }) => command.startsWith('head'))
    await until('the program is held', async () => {
      const written = () => /wchar: (\d+)/.exec(readFileSync(`/proc/${head()?.pid}/io`, 'utf8'))?.[1]
      const first = written()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return first === written()
    })
    expect(rss() - before).toBeLessThan(64 * 1024)
    client.socket.resume()
    await client.shows('over')
  })
})

describe('viewers', () => {
  test('have a session each', async () => {
    const { port } = await open()
    const [one, other] = [await TtydClient.connect(port), await TtydClient.connect(port)]
    one.type('echo only in$()one\n')
    await one.shows('only inone')
    other.type('echo only in$()other\n')
    await other.shows('only inother')
    expect(other.text).not.toContain('only inone')
  })

  test('share one where the definition says so, at a size that both can show', async () => {
    const { port } = await open({ ...SHELL, terminal: { shared: true } })
    const one = await TtydClient.connect(port, { size: { rows: 30, columns: 100 } })
    one.type('echo seen by$() both\n')
    await one.shows('seen by both')
    const other = await TtydClient.connect(port, { size: { rows: 40, columns: 90 } })
    await other.shows('seen by both')
    other.type('stty size\n')
    await one.shows('30 90')
  })

  test('who come back find what was shown, and what runs', async () => {
    const { port } = await open()
    const first = await TtydClient.connect(port, { session: 'mine' })
    first.type('kept=here; echo one$()line\n')
    await first.shows('oneline')
    first.socket.terminate()
    const again = await TtydClient.connect(port, { session: 'mine' })
    await again.shows('oneline')
    again.type('echo still $kept\n')
    await again.shows('still here')
  })

  test('need the token where there is one', async () => {
    const { port } = await open({ ...SHELL, terminal: { token: 'secret' } })
    for (const token of ['', 'wrong']) {
      const client = await TtydClient.connect(port, { token })
      await until('it is refused', () => client.closed !== undefined)
      expect(client.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('token') })
    }
    const client = await TtydClient.connect(port, { token: 'secret' })
    client.type('echo let$() in\n')
    await client.shows('let in')
  })
})

describe('who does not keep to the protocol is told why, and harms nobody', () => {
  test.each([
    ['a page of another origin', { headers: { Origin: 'http://elsewhere.example' } }, '403'],
    ['an origin that is none', { headers: { Origin: 'null' } }, '403'],
    ['another subprotocol', { protocol: 'mqtt' }, '400'],
    ['no subprotocol', { protocol: '' }, '400'],
  ])('%s', async (_, options, status) => {
    const { port } = await open()
    await expect(TtydClient.connect(port, options)).rejects.toThrow(status)
  })

  test.each([
    ['a negative size', { rows: -1, columns: 80 }],
    ['a huge size', { rows: 24, columns: 1e9 }],
    ['a size that is no number', { rows: 'many', columns: 80 }],
  ])('%s', async (_, size) => {
    const { port } = await open()
    const client = await TtydClient.connect(port, { size })
    await until('it is refused', () => client.closed !== undefined)
    expect(client.closed).toMatchObject({ code: 1007, reason: expect.stringMatching(/rows|columns/) })
  })

  test('garbage, from the first byte or later', async () => {
    const { session, port } = await open()
    const [early, late] = [await TtydClient.connect(port), await TtydClient.connect(port)]
    early.socket.send(Buffer.from([0xff, 0x00, 0x01]))
    late.type('echo it$() works\n')
    await late.shows('it works')
    late.socket.send('9 what is this')
    await until('both are refused', () => early.closed !== undefined && late.closed !== undefined)
    expect(early.closed?.code).toBe(1007)
    expect((await session.status()).services).toHaveLength(1)
  })

  test('a connection that says nothing, or half a request', async () => {
    const { port } = await open()
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /ws HTTP/1.1\r\nUpgrade: websoc')
    const client = await TtydClient.connect(port)
    client.type('echo it$() works\n')
    await client.shows('it works')
    socket.destroy()
  })

  test('a program that is missing fails when the service is started', async () => {
    const session = await openSession({
      runtime: 'app',
      mayWarn: true,
      definitions: { gone: { command: ['/no/such'] } },
    })
    const { error } = await session.client.startService({
      name: 'gone',
      port: await freePort(),
      protocol: 'pty',
    })
    expect(error).toMatch(/\/no\/such/)
  })
})

test('a terminal that is stopped hangs up what runs in it', async () => {
  const { session, port } = await open()
  const client = await TtydClient.connect(port)
  client.type('sleep 601\n')
  await until('it runs', () => session.processes.some(({ command }) => command === 'sleep 601'))
  await session.client.stopService('shell')
  await until('nothing is left', () => session.processes.length === 0)
  await until('its viewer is told', () => client.closed?.code === 1001)
})
