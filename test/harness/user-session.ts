/** A runner of a user who is not root, in a mount namespace whose table of users has him: as in a container. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readyLine } from '../../src/client/ready.ts'
import { PROJECT } from '../unit/source-files.ts'

const USER = 'krunner-test'
const ID = 54_321

export interface UserSession {
  readonly user: string
  readonly home: string
  /** The config folder's part for ssh. */
  readonly process: ChildProcess
  readonly log: () => string
}

/** `files` of the home and of the config folder are the user's. */
export async function openUserSession(
  runtime: string,
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<UserSession> {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const home = join(folder, 'home')
  for (const name of ['home', 'config', 'tmp']) mkdirSync(join(folder, name))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  }
  const users = join(folder, 'passwd')
  writeFileSync(users, `${readFileSync('/etc/passwd', 'utf8')}${USER}:x:${ID}:${ID}::${home}:/bin/bash\n`)
  const program = copyTree(folder)
  spawnSync('chown', ['-R', `${ID}:${ID}`, folder])
  chmodSync(users, 0o644)
  const places = ['--work', home, '--config', join(folder, 'config'), '--spool', join(folder, 'tmp')]
  const serve = [program, 'serve', '--port-in', '0', '--port-out', '0', ...places, ...args, runtime]
  const become = ['setpriv', '--reuid', String(ID), '--regid', String(ID), '--clear-groups', ...serve]
  // Terminals are the group's that all know, as every container engine has it.
  const terminals = 'mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts /dev/pts'
  const enter = `mount --bind "$1" /etc/passwd; ${terminals}; mount --bind /dev/pts/ptmx /dev/ptmx; shift; exec "$@"`
  const child = spawn('unshare', ['--mount', 'sh', '-c', enter, 'sh', users, ...become], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', TMPDIR: join(folder, 'tmp'), HOME: home, MARK: 'here' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => ended(child))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  if (!(await readyLine(child))) throw new Error(`the runner did not start: ${log}`)
  return { user: USER, home, process: child, log: () => log }
}

/** Where the project is, another user may not come. */
function copyTree(folder: string): string {
  const tree = join(folder, 'tree')
  for (const part of ['bin', 'dist']) cpSync(join(PROJECT, part), join(tree, part), { recursive: true })
  const node = join(tree, 'node_modules/.bin/node')
  mkdirSync(join(node, '..'), { recursive: true })
  cpSync(realpathSync(join(PROJECT, 'node_modules/.bin/node')), node)
  return join(tree, 'bin/krunner')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await gone
}
