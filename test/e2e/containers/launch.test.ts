/** `krunner launch` without a person: commands and cells in containers of labelled and other images. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { TREE } from '../../harness/agent-container.ts'
import { containerNeeds } from '../../harness/container-session.ts'
import { TestEngine } from '../../harness/engine.ts'
import { KRUNNER, temporaryFolder } from '../../harness/krunner.ts'
import { until } from '../../harness/until.ts'
import { makeImage } from '../../toolchain/images.ts'
import { describeWith } from '../../toolchain/requirement.ts'
import { rootFolder } from '../../toolchain/roots.ts'

const LABELS = {
  kernelspec: '1',
  features: 'batch query uid-match user-input',
  'runtime-type': 'python',
  'runtime-path': '/usr/bin/python3',
  'resource.min.cpu': '1',
  'resource.min.mem': '200m',
  'resource.preferred.shmem': '32m',
  'envs.corecount': 'OMP_NUM_THREADS,NPROC',
  'service-ports': 'jupyter:http:8080,api:preopen:[8000,8001]',
}

interface Options {
  engine?: TestEngine
  input?: string
}

/** Runs to its end, and leaves neither a container nor a file. */
async function launch(args: readonly string[], options: Options = {}) {
  const { engine = new TestEngine('podman'), input = '' } = options
  const temporary = temporaryFolder()
  const env = { ...engine.env, TMPDIR: temporary }
  const ended = await execa(KRUNNER, ['launch', ...args], { env, input, reject: false })
  expect([engine.left, readdirSync(temporary)]).toEqual([[], []])
  return ended
}

describeWith(containerNeeds('bookworm', 'busybox'), 'krunner launch', () => {
  let python = ''
  let plain = ''

  beforeAll(() => {
    python = makeImage('bookworm', LABELS)
    plain = makeImage('busybox')
  })

  test('runs a command in the image, and exits with its code', async () => {
    const { stdout, stderr, exitCode } = await launch([
      python,
      '--',
      'sh',
      '-c',
      'echo "$0 $1"; exit 7',
      'a b',
      "it's",
    ])
    expect([stdout, stderr, exitCode]).toEqual(["a b it's", '', 7])
  })

  test('one word is a line for the shell', async () => {
    const { stdout, exitCode } = await launch([plain, '--', 'echo $((6 * 7)) && false'])
    expect([stdout, exitCode]).toEqual(['42', 1])
  })

  test('answers come from standard input', async () => {
    const { stdout } = await launch([python, '--', 'python3', '-c', 'print(input("? ") * 2)'], {
      input: 'ab\n',
    })
    expect(stdout).toBe('? abab')
  })

  test('without a terminal standard input is a cell', async () => {
    const { stdout, exitCode } = await launch([python], {
      input: 'import sys\nprint(sys.version_info[0])\nexit(3)\n',
    })
    expect([stdout, exitCode]).toEqual(['3', 3])
  })

  test('limits, core counts, user and variables are what the labels and options say', async () => {
    const look = [
      'id -u; id -g; pwd; echo $OMP_NUM_THREADS $NPROC $COLOUR $BACKENDAI_CLUSTER_HOST',
      'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null',
      'df -k /dev/shm | tail -n 1',
      'grep -w -e Seccomp -e CapEff /proc/self/status',
    ]
    const options = ['--cpu', '1', '--user', '4321:4322', '--env', 'COLOUR=blue green']
    const { stdout } = await launch([python, ...options, '--', look.join('\n')])
    const [uid, gid, folder, variables, memory, shared, ...status] = stdout.split('\n')
    expect([uid, gid, folder]).toEqual(['4321', '4322', '/home/work'])
    expect(variables).toBe('1 1 blue green main1')
    expect(memory).toBe(`${200 * 2 ** 20}`)
    expect(shared).toMatch(/^shm +32768 /)
    // No capability, and the engine's own filter.
    expect(status).toEqual(['CapEff:\t0000000000000000', 'Seccomp:\t2'])
  })

  test('what is asked for and the image does not bear is refused before anything is started', async () => {
    const engine = new TestEngine('podman')
    const { stderr, exitCode } = await launch([python, '--mem', '64m', '--', 'true'], { engine })
    expect(stderr).toContain('at least 200m (ai.backend.resource.min.mem)')
    expect([exitCode, engine.names]).toEqual([2, []])
    expect((await launch([python, '--runtime-type', 'pyhton', '--', 'true'])).stderr).toContain(
      "no runtime type 'pyhton'",
    )
  })

  test('another seccomp profile, or none', async () => {
    const profile = {
      defaultAction: 'SCMP_ACT_ALLOW',
      syscalls: [{ names: ['symlink', 'symlinkat'], action: 'SCMP_ACT_ERRNO' }],
    }
    const file = join(temporaryFolder({ 'profile.json': JSON.stringify(profile) }), 'profile.json')
    const made = await launch([plain, '--seccomp', file, '--', 'ln -s a b || echo refused'])
    expect(made.stdout).toBe('refused')
    const { stdout } = await launch([
      plain,
      '--seccomp',
      'unconfined',
      '--',
      'grep -w Seccomp /proc/self/status',
    ])
    expect(stdout).toBe('Seccomp:\t0')
  })

  test('user code is in a jail where that is asked for', async () => {
    const look = 'echo x > /tmp/allowed; cat /etc/shadow > /dev/null && echo read'
    expect((await launch([python, '--user', '0', '--', look])).stdout).toBe('read')
    const jailed = await launch([python, '--user', '0', '--jail', '--', look])
    expect(jailed.stdout).toBe('')
    expect(jailed.stderr).toMatch(/\/etc\/shadow.*(?:denied|not permitted)/i)
    const policy = "diff_to_default: true\nwhitelist_paths:\n  OP_OPEN: ['/etc/shadow']\n"
    const file = join(temporaryFolder({ 'policy.yml': policy }), 'policy.yml')
    expect((await launch([python, '--user', '0', '--policy', file, '--', look])).stdout).toBe('read')
  })

  test('what is missing is told, with the mend', async () => {
    const { stderr, exitCode } = await launch([plain, '--tree', '/no/tree', '--', 'true'])
    expect(stderr).toMatch(/no tree at \/no\/tree; `npm run bundle` makes it/)
    expect(exitCode).toBe(2)
    expect((await launch([plain, '--engine', 'no-engine', '--', 'true'])).stderr).toContain(
      "no 'no-engine' in PATH",
    )
    expect((await launch([plain, '--work', '/no/folder', '--', 'true'])).stderr).toContain('/no/folder')
  })

  test('an image without a label runs commands, and speaks what it is told', async () => {
    expect((await launch([plain, '--', 'echo', 'from app'])).stdout).toBe('from app')
    const cell = await launch([plain, '--runtime-type', 'git'], { input: 'x=42; echo $x\n' })
    expect(cell.stdout).toBe('42')
  })

  test('a folder with a root file system is run, and stays as it is', async () => {
    const folder = rootFolder('busybox')
    const { stdout } = await launch([folder, '--', 'grep ^work: /etc/passwd'])
    expect(stdout).toMatch(/^work:[^:]*:1000:1000:/)
    expect(readdirSync(`${folder}/etc`)).not.toContain('passwd')
  })

  test('folders of the machine are there', async () => {
    const work = temporaryFolder({ 'given.txt': 'given' })
    const data = temporaryFolder({ 'data.txt': 'data' })
    const line = 'cat given.txt set/data.txt; echo made > made.txt; touch set/new || echo refused'
    const { stdout } = await launch([
      plain,
      '--work',
      work,
      '--mount',
      `${data}:set:ro`,
      '--user',
      '0',
      '--',
      line,
    ])
    expect(stdout).toBe('givendatarefused')
    expect(readFileSync(`${work}/made.txt`, 'utf8')).toBe('made\n')
    expect(readdirSync(data)).toEqual(['data.txt'])
  })

  test('without a network of its own it works, too', async () => {
    const { stdout } = await launch([plain, '--network', 'host', '--', 'echo', 'on the network of the host'])
    expect(stdout).toBe('on the network of the host')
  })

  test('Docker is told the same in its words', async () => {
    const engine = new TestEngine('docker')
    const { stdout, exitCode } = await launch([python, '--engine', 'docker', '--', 'echo', 'hello'], {
      engine,
    })
    expect([stdout, exitCode, engine.names.length]).toEqual(['hello', 0, 1])
  })

  test('limits that nobody configured are none that the caller may not give', async () => {
    const engine = new TestEngine('podman', { CONTAINERS_CONF: '/dev/null' })
    const { stdout } = await launch([plain, '--', 'echo started'], { engine })
    expect(stdout).toBe('started')
  })

  test('the krunner in a tree mounts the tree that it is in', async () => {
    const engine = new TestEngine('podman')
    const program = join(TREE, 'opt/backend.ai/bin/krunner')
    const { stdout, stderr } = await execa(program, ['launch', plain, '--', 'echo from a tree'], {
      env: { ...engine.env, TMPDIR: temporaryFolder() },
      input: '',
      reject: false,
    })
    expect([stdout, stderr, engine.left]).toEqual(['from a tree', '', []])
  })

  test('an image that is not there is told in the words of the engine, with the mend', async () => {
    const { stderr, exitCode } = await launch(['localhost/no-such-image:1', '--', 'true'])
    expect(stderr).toContain('localhost/no-such-image:1')
    expect(stderr).toContain('podman images')
    expect(exitCode).toBe(125)
  })

  test('a container that does not start is told in the words of the engine', async () => {
    const { stderr, exitCode } = await launch([plain, '--network', 'no-such-network', '--', 'true'])
    expect(stderr).toContain('no-such-network')
    expect(exitCode).toBe(125)
  })

  test('the command that is printed does the same, pasted into a shell', async () => {
    const engine = new TestEngine('podman')
    const { stdout: script } = await launch([python, '--dry-run', '--env', "ODD=it's $HOME"], { engine })
    expect(engine.names).toEqual([])
    expect(script).toContain(`--volume ${TREE}/opt/backend.ai:/opt/backend.ai:ro`)
    const { stdout, exitCode } = await execa('sh', ['-e', '-c', script], { env: engine.env, input: '' })
    expect(stdout).toMatch(/^krunner ready runtime=python/m)
    expect([exitCode, engine.left]).toEqual([0, []])
  })

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    test(`the container ends with the command that ${signal} ends`, async () => {
      const engine = new TestEngine('podman')
      const temporary = temporaryFolder()
      const env = { ...engine.env, TMPDIR: temporary }
      const child = execa(KRUNNER, ['launch', plain, '--', 'echo begun; sleep 1000'], { env, reject: false })
      await new Promise((resolve) => child.stdout.once('data', resolve))
      expect(engine.left).toHaveLength(1)
      child.kill(signal)
      expect((await child).exitCode).toBe(signal === 'SIGTERM' ? 143 : undefined)
      await until('the container is gone', () => engine.left.length === 0)
      // What could not be removed goes with the next one.
      expect(readdirSync(temporary)).toHaveLength(signal === 'SIGTERM' ? 0 : 1)
      writeFileSync(`${temporary}/other`, '')
      const next = await execa(KRUNNER, ['launch', plain, '--', 'true'], { env, input: '' })
      expect([next.exitCode, readdirSync(temporary)]).toEqual([0, ['other']])
    })

  test('SIGINT interrupts the command, and the code says so', async () => {
    const engine = new TestEngine('podman')
    const child = execa(
      KRUNNER,
      ['launch', plain, '--', 'trap "echo caught; exit 5" INT; echo begun; sleep 1000 & wait'],
      {
        env: engine.env,
        reject: false,
      },
    )
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGINT')
    const { stdout, exitCode } = await child
    expect([stdout, exitCode, engine.left]).toEqual(['begun\ncaught', 5, []])
  })
})
