/** What the entrypoint does beside the user: the image's script, the home, the environment, and what it becomes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, statSync, symlinkSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { Files } from '../harness/agent-side.ts'
import { ENTRYPOINT_NEEDS, EntrypointRoot, GROUP, USER } from '../harness/entrypoint.ts'
import { childrenOf } from '../harness/processes.ts'
import { until } from '../harness/until.ts'
import { describeWith } from '../toolchain/requirement.ts'

const SHOW = ['sh', '-c', 'echo "$HOME $USER $LOGNAME $SHELL"; pwd; umask; ulimit -n; echo "$MADE"']

/** With a shell, and a script of the image's. */
function scripted(script: string, files: Files = {}): EntrypointRoot {
  return new EntrypointRoot({ 'opt/container/bootstrap.sh': script, ...files }).install('sh')
}

const linesOf = (text: string) => text.trimEnd().split('\n')

/** A tree whose daemon tells what it has become. */
function withDaemon(): EntrypointRoot {
  const daemon = '#!/bin/cat /proc/self/status\n'
  return new EntrypointRoot({ 'opt/backend.ai/bin/python': daemon }).install('cat')
}

/** The command is what agents start. */
function daemonInstead(enter: string): string {
  return `set -- "$1" "$2" /opt/backend.ai/bin/python serve\n${enter}`
}

/** Runs it where there are the ids up to 5000 alone. The parent says which, once there is a namespace that asks. */
function withFewIds(command: string): string {
  return `
    mkfifo "$1/go"
    unshare --user sh -c 'read go < "$1/go"; ${command}' sh "$@" &
    until [ "$(readlink /proc/$!/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do :; done
    echo 0 0 5000 > /proc/$!/uid_map
    echo 0 0 5000 > /proc/$!/gid_map
    echo > "$1/go"
    rm "$1/go"
    wait $!
    exit $?`
}

/** Real, effective and saved. */
function idsOf(status: string): number[] {
  const [, line = ''] = /^Uid:\t(.*)$/m.exec(status) ?? []
  return line.split('\t').slice(0, 3).map(Number)
}

describeWith(ENTRYPOINT_NEEDS, 'the entrypoint', () => {
  test('what the image’s script does as root holds for the command', () => {
    const root = scripted(
      'id -u; export MADE="by root" ; cd /tmp; umask 027; ulimit -n 77; : > /made; local=1',
    )
    root.install('id')
    const { exitCode, stdout } = root.enter(SHOW)
    expect(exitCode).toBe(0)
    expect(linesOf(stdout)).toEqual(['0', '/home/work work work /bin/sh', '/tmp', '0027', '77', 'by root'])
    expect(statSync(root.path('made')).uid).toBe(0)
  })

  test.each([
    ['exits', 'export MADE=yes; exit 7', /ended with code 7; what it exported until then is kept/],
    ['fails under set -e', 'set -e; export MADE=yes; false; export MADE=no', /ended with code 1/],
    ['has a mistake in its syntax', 'export MADE=yes\nif then', /ended with code 2/],
    ['has a trap of its own', 'export MADE=yes; trap "echo over" EXIT', undefined],
  ])('a script that %s does not stop it', (_, script, told) => {
    const { exitCode, stdout, stderr } = scripted(script).enter(['sh', '-c', 'echo $MADE'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe('yes\n')
    if (told) expect(stderr).toMatch(told)
    else expect(stderr).toBe('')
  })

  test.each([
    ['kills its shell', 'export MADE=no; kill -9 $$', /was killed by signal 9, so what it exported is lost/],
    ['replaces its shell', 'export MADE=no; exec true', /leaves nothing behind, so what it exported is lost/],
  ])('a script that %s does not either', (_, script, told) => {
    const { exitCode, stdout, stderr } = scripted(script).enter(['sh', '-c', 'echo .$MADE'])
    expect([exitCode, stdout]).toEqual([0, '.\n'])
    expect(stderr).toMatch(told)
  })

  test('the script knows the ids and the command', () => {
    const root = scripted('echo "$LOCAL_USER_ID $LOCAL_GROUP_ID $HOME $*"')
    expect(root.enter(['true', 'two words'], { LOCAL_GROUP_ID: '' }).stdout).toBe(
      `${USER} 9001 /home/work /bin/busybox true two words\n`,
    )
  })

  test('an environment of half a megabyte comes through the script', () => {
    const large = { LARGE: 'x'.repeat(120_000) }
    const script = 'export A=$LARGE B=$LARGE C=$LARGE; export LINES="one\ntwo"'
    const { stdout } = scripted(script)
      .install('wc')
      .enter(['sh', '-c', 'printf %s%s%s "$A" "$B" "$C" | wc -c; echo "$LINES"'], large)
    expect(stdout).toBe('360000\none\ntwo\n')
  })

  test('without a shell it says what is not run', () => {
    const root = new EntrypointRoot({ 'opt/container/bootstrap.sh': 'exit 1' })
    const { exitCode, stdout, stderr } = root.enter(['id', '-u'])
    expect([exitCode, stdout]).toEqual([0, `${USER}\n`])
    expect(stderr).toMatch(/no \/bin\/sh in this image, so neither .*bootstrap\.sh .* is run/)
  })

  test('the home is made, and what is in it stays as it is', () => {
    const root = new EntrypointRoot({ 'home/work/.bashrc': 'mine', 'home/work/data/deep': '' })
    expect(root.enter(['true']).exitCode).toBe(0)
    const ownerOf = (name: string) => statSync(root.path(name)).uid
    expect(['home/work', 'home/work/.bashrc', 'home/work/data', 'home/work/data/deep'].map(ownerOf)).toEqual([
      USER,
      0,
      0,
      0,
    ])
    const other = new EntrypointRoot()
    expect(other.enter(['true']).exitCode).toBe(0)
    expect(statSync(other.path('home/work')).uid).toBe(USER)
  })

  test('the skeleton is copied as the user, and never over something', () => {
    const root = new EntrypointRoot({
      'etc/skel/.bashrc': 'skeleton',
      'etc/skel/.vimrc': 'skeleton',
      'etc/skel/.config/deep/file': 'skeleton',
      'etc/skel/.local/file': 'skeleton',
      'home/work/.bashrc': 'mine',
      'home/work/.local/own': '',
      'etc/secret': 'secret',
    })
    chmodSync(root.path('etc/secret'), 0o600)
    symlinkSync('/etc/secret', root.path('etc/skel/.secret'))
    symlinkSync('/etc/elsewhere', root.path('home/work/.vimrc'))
    expect(root.enter(['true']).exitCode).toBe(0)
    expect(root.read('home/work/.bashrc')).toBe('mine')
    expect(root.read('home/work/.config/deep/file')).toBe('skeleton')
    expect(statSync(root.path('home/work/.config/deep/file')).uid).toBe(USER)
    for (const absent of ['etc/elsewhere', 'home/work/.secret', 'home/work/.local/file'])
      expect(root.has(absent)).toBe(false)
  })

  test('no privilege is left to the command', () => {
    const { stdout } = new EntrypointRoot().enter([
      'grep',
      '-E',
      '^(Uid|Gid|Groups|Cap|NoNew)',
      '/proc/self/status',
    ])
    const [uid, gid, groups, ...rest] = linesOf(stdout)
    expect([uid, gid, groups?.trim()]).toEqual([
      `Uid:\t${[USER, USER, USER, USER].join('\t')}`,
      `Gid:\t${[GROUP, GROUP, GROUP, GROUP].join('\t')}`,
      'Groups:',
    ])
    const none = ['CapInh', 'CapPrm', 'CapEff', 'CapAmb'].map((name) => `${name}:\t${'0'.repeat(16)}`)
    // What is setuid in the image, sudo say, works.
    expect(rest.filter((line) => !line.startsWith('CapBnd'))).toEqual([...none, 'NoNewPrivs:\t0'])
  })

  test('root stays root where that is asked for, and it is said', () => {
    const root = new EntrypointRoot({ 'etc/passwd': 'root:x:0:0::/root:/bin/sh\n' })
    const { stdout, stderr } = root.enter(['id', '-u'], { LOCAL_USER_ID: '0' })
    expect(stdout).toBe('0\n')
    expect(stderr).toMatch(/LOCAL_USER_ID is 0, so the user's code runs as root, and can end the daemon/)
    expect(root.read('etc/passwd')).toBe('root:x:0:0::/root:/bin/sh\n')
  })

  test('a container of another user goes on as that user, and says so', () => {
    const root = scripted('export MADE=no', { 'home/work/file': '' })
    chownSync(root.path('home/work'), 7777, 7777)
    const { exitCode, stdout, stderr } = root.enter(
      SHOW,
      {},
      'root=$1; shift; exec chroot --userspec 7777:7777 "$root" "$@"',
    )
    expect(exitCode).toBe(0)
    expect(linesOf(stdout)[0]).toBe('/home/work   /bin/sh')
    expect(stderr).toMatch(
      /does not start as root, so the user stays 7777, and the user's code can end the daemon/,
    )
    expect(stderr).toMatch(/bootstrap\.sh is not run: only root may/)
    expect(root.has('etc/passwd')).toBe(false)
  })

  test('an id that the container does not have is an error, and nothing runs as root', () => {
    const root = new EntrypointRoot()
    const { exitCode, stdout, stderr } = root.enter(
      ['id', '-u'],
      {},
      'root=$1; shift; exec unshare --user --map-root-user chroot "$root" "$@"',
    )
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /LOCAL_(USER|GROUP)_ID is 432\d, which this container's user namespace does not have/,
    )
  })

  test('where the container may not change users it goes on, and says so', () => {
    const root = new EntrypointRoot()
    const { exitCode, stdout, stderr } = root.enter(
      ['id', '-u'],
      {},
      'root=$1; shift; exec setpriv --bounding-set -setuid,-setgid --inh-caps -all chroot "$root" "$@"',
    )
    expect([exitCode, stdout]).toEqual([0, '0\n'])
    expect(stderr).toMatch(/the user cannot be set, so the user's code runs as root/)
  })

  test.each([
    ['everywhere', 'exec chroot "$@"', 64_000],
    ['with few user ids', withFewIds('exec chroot "$@"'), 4000],
  ])('the daemon, and nothing else, is given an id that nobody has: %s', (_, enter, least) => {
    const root = withDaemon()
    const { stdout } = root.enter([], {}, daemonInstead(enter))
    const [real] = idsOf(stdout)
    expect(real).toBeGreaterThan(least)
    expect([USER, 65_534]).not.toContain(real)
    expect(idsOf(root.enter(['cat', '/proc/self/status'], {}, enter).stdout)).toEqual([USER, USER, USER])
  })

  test('where new privileges are forbidden it has the user’s, and that is said', () => {
    const before = daemonInstead('root=$1; shift; exec setpriv --no-new-privs chroot "$root" "$@"')
    const { stdout, stderr } = withDaemon().enter([], {}, before)
    expect(idsOf(stdout)).toEqual([USER, USER, USER])
    expect(stderr).toMatch(
      /the daemon runs under the user id of the user's code, which can end it: .*no_new_privs/,
    )
  })

  test.each([
    [['/opt/kernel/entrypoint.sh'], /say which command to run/],
    [['/opt/kernel/entrypoint.sh', 'missing'], /there is no program 'missing' in PATH/],
    [['/opt/kernel/entrypoint.sh', '/etc'], /'\/etc' cannot be run: permission denied/],
  ])('%j is an error that says why', (command, told) => {
    const root = new EntrypointRoot()
    const before = `exec chroot "$1" ${command.join(' ')}`
    const { exitCode, stderr } = root.enter([], {}, before)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(told)
  })

  test('told to stop as process 1 while the image’s script runs, it ends', async () => {
    const root = scripted('echo begun; exec sleep 1000').install('sleep')
    const unshare = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
    const inside = ['chroot', root.folder, '/opt/kernel/entrypoint.sh', '/bin/busybox', 'true']
    const child = spawn('unshare', [...unshare, ...inside], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    const first = await until('it runs', () => childrenOf(child.pid ?? 0)[0])
    process.kill(first.pid, 'SIGTERM')
    expect(await ended).toEqual([128 + 15, null])
  })
})
