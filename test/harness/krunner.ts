/** The program itself, for tests of its command line. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { filesGone, processesGone } from './leaks.ts'
import { TAG } from './processes.ts'

export const KRUNNER = fileURLToPath(new URL('../../bin/krunner', import.meta.url))

export interface Ended {
  stdout: string
  stderr: string
  exitCode: number | undefined
}

/** Runs to its end, whatever that is. Throws where it left something. */
export async function krunner(...args: string[]): Promise<Ended> {
  const temporary = temporaryFolder()
  const tag = randomUUID()
  const env = { TMPDIR: temporary, [TAG]: tag }
  const { stdout, stderr, exitCode } = await execa(KRUNNER, args, { env, reject: false, stdin: 'ignore' })
  processesGone(tag)
  filesGone(temporary)
  return { stdout, stderr, exitCode }
}

/** A folder of the test's own, gone after it. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 })
  }
  return folder
}

export interface Serving {
  /** All that it has printed there until it was ready. */
  stdout: string
  portIn: number
  portOut: number
  stop(): Promise<void>
}

/** Starts a runner with exactly these arguments. Resolves with its first line on stdout. */
export function serving(...args: string[]): Promise<Serving> {
  return start({}, args)
}

/** The same as another user. */
export function servingAs(uid: number, ...args: string[]): Promise<Serving> {
  return start({ uid, gid: uid }, args)
}

async function start(user: { uid?: number; gid?: number }, args: string[]): Promise<Serving> {
  const child = execa(KRUNNER, args, { ...user, reject: false, stdin: 'ignore', buffer: false })
  const stop = async () => {
    child.kill('SIGTERM')
    await child
  }
  onTestFinished(stop)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.stdout.once('data', (data) => resolve(String(data)))
  void child.then(() => reject(new Error('the runner ended before it was ready')))
  const stdout = await promise
  const [, portIn, portOut] = / in=(\d+) out=(\d+)/.exec(stdout) ?? []
  return { stdout, portIn: Number(portIn), portOut: Number(portOut), stop }
}
