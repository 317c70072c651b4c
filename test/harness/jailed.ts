/** A session in the jail, and programs of the fixtures in its folder. */
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { compiled } from '../fixtures/compiled.ts'
import { RUNTIME_POLICY } from '../fixtures/policies.ts'
import { Session, type SessionOptions } from './session.ts'

/** What an attempt prints where nothing stops it. */
export const ALLOWED = 'allowed'

export function startJailed(
  options: Partial<SessionOptions> = {},
  policy = RUNTIME_POLICY,
): Promise<Session> {
  return Session.start({ runtime: 'app', args: ['--jail', '--policy', policy], isHome: true, ...options })
}

/** Puts `test/fixtures/programs/NAME.c`, compiled, into the session's folder. Returns its path there. */
export function bring(session: Session, name: string): string {
  const path = session.path(name)
  copyFileSync(compiled(`${name}.c`), path)
  return path
}

/** What an attempt comes to in the session's jail. */
export async function attempt(session: Session, program: string, ...words: string[]): Promise<string> {
  const { stdout, stderr } = await session.exec([`./${program}`, ...words].join(' '))
  return stdout.trim() || stderr.trim()
}

/** The same without any jail, on this machine. */
export function attemptFreely(program: string, ...words: string[]): string {
  return execFileSync(compiled(`${program}.c`), words, { encoding: 'utf8' }).trim()
}
