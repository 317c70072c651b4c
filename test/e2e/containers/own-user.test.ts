/** The daemon runs under another user id than the user's code, which therefore can neither end it nor look into it. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { program } from '../../fixtures/programs.ts'
import { USER } from '../../harness/agent-container.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { listeningAddresses } from '../../harness/ports.ts'
import { isAlive } from '../../harness/processes.ts'
import { TtydClient } from '../../harness/ttyd-client.ts'
import { until } from '../../harness/until.ts'
import { describeWith } from '../../toolchain/requirement.ts'

const PYTHON = {
  root: 'bookworm',
  runtime: 'python',
  runtimePath: '/usr/bin/python3',
  mayWarn: true,
} as const
const NODE = {
  root: 'bookworm',
  runtime: 'nodejs',
  runtimePath: '/usr/local/bin/node',
  mayWarn: true,
} as const

const inPython = (command: string) =>
  `import subprocess\nsubprocess.run(${JSON.stringify(command)}, shell=True)`
const inNode = (command: string) => `require('child_process').execSync(${JSON.stringify(command)})`

describeWith(containerNeeds('bookworm'), 'a container whose user attacks the daemon', () => {
  test.each([
    ['kill -9 -1', PYTHON, inPython('kill -9 -1'), 'Python'],
    ['pkill -9 -f python', PYTHON, inPython('pkill -9 -f python'), 'Python'],
    ['pkill node', NODE, inNode('pkill node'), 'Node.js'],
  ])('by %s hears how the language ended, and goes on with the next cell', async (_, image, attack, name) => {
    const session = await openContainer(image)
    const daemon = session.pid
    const { exitCode, stderr } = await session.run(attack)
    expect(exitCode).toBeGreaterThan(128)
    expect(stderr).toMatch(new RegExp(`${name} was killed by SIG(KILL|TERM), and the cell ended with it`))
    expect(await session.run('6 * 7')).toMatchObject({ exitCode: 0, stdout: '42\n' })
    expect([isAlive(daemon), session.pid]).toEqual([true, daemon])
  })

  test('by kill -9 -1 in a batch step hears of that step, and its services come back', async () => {
    const session = await openContainer(PYTHON)
    const { sshd, ttyd } = session.ports
    const servers = () =>
      session.processes.filter(({ command }) => command.includes('dropbear')).map(({ pid }) => pid)
    await until('both serve', () => [sshd, ttyd].every((port) => listeningAddresses(port).length > 0))
    const before = servers()
    const { exitCode, stderr } = await session.exec('kill -9 -1; kill -9 $$')
    expect(exitCode).toBe(137)
    expect(stderr).toContain('SIGKILL')
    await until(
      'ssh is back',
      () => listeningAddresses(sshd).length > 0 && !servers().some((pid) => before.includes(pid)),
    )
    const terminal = await TtydClient.connect(ttyd)
    terminal.type('kill -9 -1; echo over; kill -9 $$\n')
    await until('the terminal has ended', () => terminal.closed)
    const next = await TtydClient.connect(ttyd)
    next.type('echo typed $((6 * 7))\n')
    await next.shows('typed 42')
    const { stdout, stderr: told } = await session.run('6 * 7')
    expect([stdout, told]).toEqual(['42\n', expect.stringMatching(/Python was killed by SIGKILL.*lost/)])
  })

  test('in every other way is refused', async () => {
    const session = await openContainer({
      ...PYTHON,
      files: { 'attack.py': readFileSync(program('attacks-daemon.py'), 'utf8') },
    })
    const { exitCode, stdout, stderr } = await session.exec('python3 attack.py 1')
    expect([exitCode, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(25)
    expect(lines.filter((line) => !/: (Operation not permitted|Permission denied)$/.test(line))).toEqual([])
    const debugged = await session.exec('gdb --batch --pid 1')
    expect(debugged.stderr).toMatch(/Operation not permitted/)
    expect((await session.run('6 * 7')).stdout).toBe('42\n')
  })

  test('is the only user of what runs, and goes before the daemon when memory is short', async () => {
    const session = await openContainer(PYTHON)
    const [real, effective, saved] = idsOf(session.pid)
    expect(effective).toBe(USER)
    expect(saved).toBe(real)
    expect([0, USER, 65534]).not.toContain(real)
    // A signal may be sent to each thread alone.
    const threads = readdirSync(`/proc/${session.pid}/task`)
    expect(threads.length).toBeGreaterThan(1)
    for (const thread of threads) expect(idsOf(`${session.pid}/task/${thread}`)).toEqual([real, USER, real])
    const children = session.processes.filter(({ parent }) => parent === session.pid)
    expect(children.length).toBeGreaterThan(0)
    for (const { pid } of children) expect(idsOf(pid)).toEqual([USER, USER, USER])
    const scores = (await session.exec('cat /proc/self/oom_score_adj /proc/1/oom_score_adj')).stdout
    const [own, daemons] = scores.split('\n').map(Number)
    expect(own).toBe((daemons ?? 0) + 500)
  })

  test('is not limited by that the daemon has two: TMPDIR, libraries and stack are the container’s', async () => {
    const session = await openContainer({
      ...PYTHON,
      files: { 'tmp/file': '' },
      env: { TMPDIR: '/home/work/tmp', LD_LIBRARY_PATH: '/home/work/lib' },
      options: ['nofile=10000', 'nproc=20000', 'stack=67108864'].map((limit) => `--ulimit=${limit}`),
    })
    const { stdout } = await session.exec(
      'ulimit -s; echo "$TMPDIR $LD_LIBRARY_PATH"; stat -c %U tmp/krunner-*',
    )
    expect(stdout).toBe('65536\n/home/work/tmp /home/work/lib\nwork\n')
  })

  test('may be root with an image’s sudo, as far as the container goes', async () => {
    const session = await openContainer(PYTHON)
    session.container.run('sh', '-c', 'echo "work ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/work')
    expect((await session.exec('sudo id -u')).stdout).toBe('0\n')
  })
})

describeWith(containerNeeds('bookworm'), 'a container where the daemon has no user of its own', () => {
  test.each([
    [
      'another user',
      ['--user', `${USER}:${USER}`],
      /does not start as root, so the user stays \d+.* can end/,
    ],
    ['no new privileges', ['--security-opt=no-new-privileges'], /which can end it: .*no_new_privs/],
  ])('says so and serves: %s', async (_, options, told) => {
    const session = await openContainer({ ...PYTHON, options })
    expect(idsOf(session.pid)).toEqual([USER, USER, USER])
    expect(session.container.log).toMatch(told)
    // Process 1 is not killed from inside, whoever it is.
    expect((await session.run(inPython('kill -9 -1'))).stderr).toMatch(/was killed by SIGKILL/)
    expect((await session.run('6 * 7')).stdout).toBe('42\n')
  })
})

/** Real, effective and saved. */
function idsOf(pid: number | string): number[] {
  const [, line = ''] = /^Uid:\t(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return line.split('\t').slice(0, 3).map(Number)
}
