import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { freePort, portOf, takePort } from '../harness/ports.ts'
import { openSession } from '../harness/session.ts'
import { openTerminal } from '../harness/terminal.ts'
import { until } from '../harness/until.ts'
import { openUserSession, type UserSession } from '../harness/user-session.ts'
import { describeWith, programThere, rootUser } from '../toolchain/requirement.ts'

const NEEDS = [rootUser(), programThere('/usr/sbin/dropbear'), programThere('/usr/bin/ssh')]

interface Door {
  session: UserSession
  /** Of the client, with the key that the session knows. */
  options: string[]
  address: string
  port: number
}

/** A session with an ssh server that knows our key as its cluster's. */
async function openDoor(files: Readonly<Record<string, string>> = {}): Promise<Door> {
  const keys = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  onTestFinished(() => rmSync(keys, { recursive: true }))
  const key = join(keys, 'id')
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
  const port = await freePort()
  const session = await openUserSession(
    'app',
    ['--port-sshd', `${port}`, '--port-ttyd', `${await freePort()}`],
    {
      'config/ssh/id_cluster.pub': readFileSync(`${key}.pub`, 'utf8'),
      'config/ssh/id_cluster': readFileSync(key, 'utf8'),
      ...files,
    },
  )
  await until('the ssh server has started', () => session.log().includes("service 'sshd' has started"))
  const settings = {
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    BatchMode: 'yes',
  }
  const options = [
    '-F',
    '/dev/null',
    '-i',
    key,
    ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ]
  return { session, options, address: `${session.user}@127.0.0.1`, port }
}

const ssh = ({ options, address, port }: Door, ...command: string[]) =>
  execa('ssh', [...options, '-p', `${port}`, address, ...command], { stdin: 'ignore', reject: false })

describeWith(NEEDS, 'by ssh', () => {
  test('a command runs in the home folder, with the session’s environment, and has its exit code', async () => {
    const door = await openDoor()
    const { stdout, exitCode } = await ssh(door, 'pwd; echo $MARK; exit 7')
    expect(stdout).toBe(`${door.session.home}\nhere`)
    expect(exitCode).toBe(7)
  })

  test('a terminal is had', async () => {
    const door = await openDoor()
    const terminal = openTerminal(['ssh', '-tt', ...door.options, '-p', `${door.port}`, door.address])
    terminal.type('stty size; who$()ami; exit\r')
    await terminal.shows('24 80')
    await terminal.shows(door.session.user)
    expect(await terminal.ended()).toBe(0)
  })

  test('files are copied by scp and sftp', async () => {
    const door = await openDoor()
    const file = join(mkdtempSync(join(tmpdir(), 'krunner-test-')), 'sent')
    onTestFinished(() => rmSync(join(file, '..'), { recursive: true }))
    writeFileSync(file, 'what was sent')
    await execa('scp', [...door.options, '-P', `${door.port}`, file, `${door.address}:by-scp`])
    await execa('sftp', [...door.options, '-P', `${door.port}`, door.address], {
      input: `put ${file} by-sftp\n`,
    })
    for (const name of ['by-scp', 'by-sftp'])
      expect(readFileSync(join(door.session.home, name), 'utf8')).toBe('what was sent')
  })

  test('a port is forwarded', async () => {
    const door = await openDoor()
    const [there, here] = [await freePort(), await freePort()]
    const server = ssh(door, `cd; echo through > page; exec python3 -m http.server --bind 127.0.0.1 ${there}`)
    const tunnel = execa(
      'ssh',
      [...door.options, '-N', '-L', `${here}:127.0.0.1:${there}`, '-p', `${door.port}`, door.address],
      { reject: false },
    )
    onTestFinished(async () => {
      tunnel.kill()
      server.kill()
      await Promise.all([tunnel, server])
    })
    const page = () => fetch(`http://127.0.0.1:${here}/page`).then((answer) => answer.text())
    expect(await until('it comes through', () => page().catch(() => undefined))).toBe('through\n')
  })

  test('root is not let in, nor who has no key', async () => {
    const door = await openDoor()
    const asRoot = await ssh({ ...door, address: 'root@127.0.0.1' }, 'id')
    const withoutKey = await ssh(
      { ...door, options: door.options.filter((option) => !option.endsWith('/id')).toSpliced(2, 1) },
      'id',
    )
    for (const { exitCode, stderr } of [asRoot, withoutKey]) {
      expect(exitCode).toBe(255)
      expect(stderr).toContain('Permission denied (publickey)')
    }
  })

  test('the others of a cluster are reached by name', async () => {
    const door = await openDoor({
      'config/ssh/port-mapping.json': '{"sub1": ["10.0.0.2", 2201]}',
      'home/.ssh/config': 'Host mine\n  Port 1\n',
    })
    const { stdout: config } = await ssh(door, 'cat ~/.ssh/config; ssh -G sub1 | grep -E "^(hostname|port) "')
    expect(config).toContain('Host mine\n  Port 1')
    expect(config).toMatch(/hostname 10\.0\.0\.2\nport 2201$/)
    expect(statSync(join(door.session.home, '.ssh/config')).mode & 0o777).toBe(0o600)
  })
})

test('without an ssh server in the image the session goes on, and the log says why', async () => {
  const taken = await takePort()
  onTestFinished(() => void taken.close())
  const session = await openSession({
    runtime: 'app',
    intrinsicServices: true,
    args: ['--port-sshd', `${await freePort()}`, '--port-ttyd', `${portOf(taken)}`],
    env: { ...process.env, PATH: '/nonexistent' },
  })
  await until(
    'both are told',
    () =>
      /'ttyd' did not start.*in use/.test(session.runner.stderr) &&
      /'sshd' did not start.*dropbear/.test(session.runner.stderr),
  )
  expect((await session.exec('echo on')).stdout).toBe('on\n')
})
