/**
 * Ways out of the paths that the jail allows. The tests are root's, whom no file's mode stops: it is the jail that does. Each
 * is tried beside it too, on files of the test's own.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ALLOWED, attempt, attemptFreely, bring, startJailed } from '../harness/jailed.ts'
import type { Session } from '../harness/session.ts'
import { describeWith, inPath, rootUser } from '../toolchain/requirement.ts'
import { CACHE } from '../toolchain/roots.ts'

const PROGRAM = 'jail-files'

interface Attempt {
  what: string
  name: string
  /** EACCES unless said. */
  gets?: string
  /** In them OUT stands for a folder outside of the jail, with a `file` in it, and IN for the session's. */
  words: readonly string[]
}

const FILE = 'OUT/file'

const ATTEMPTS: readonly Attempt[] = [
  { what: 'reading a file', name: 'reads', words: [FILE] },
  { what: 'writing to one', name: 'writes', words: [FILE] },
  { what: 'making one', name: 'creates', words: ['OUT/new'] },
  { what: 'making a folder', name: 'makes-folder', words: ['OUT/folder'] },
  { what: 'removing a file', name: 'removes', words: [FILE] },
  { what: 'truncate', name: 'truncates', words: [FILE] },
  { what: 'a symbolic link to it', name: 'by-symlink', words: [FILE, 'IN/link'] },
  { what: 'a hard link to it', name: 'by-hard-link', words: [FILE, 'IN/hard'], gets: 'EXDEV' },
  { what: 'a hard link there', name: 'by-hard-link', words: ['IN/own', 'OUT/hard'] },
  { what: 'moving it here', name: 'by-rename', words: [FILE, 'IN/moved'] },
  { what: 'moving a file there', name: 'by-rename', words: ['IN/own', 'OUT/moved'] },
  { what: 'exchanging two files', name: 'by-exchange', words: ['IN/own', FILE] },
  { what: '/proc/self/root', name: 'by-proc-root', words: [FILE] },
  { what: 'a place of O_PATH, opened again', name: 'by-place', words: [FILE] },
  { what: 'openat beneath a place', name: 'beneath-place', words: ['OUT', 'file'] },
  { what: 'a place that another process has passed', name: 'by-passed-place', words: ['OUT', 'file'] },
  { what: 'a file without a name, by O_TMPFILE', name: 'without-name', words: ['OUT'] },
  { what: 'O_RDONLY with O_TRUNC', name: 'cuts-on-opening', words: [FILE] },
  { what: 'ioctl of a device, by access mode 3', name: 'with-third-mode', words: ['/dev/urandom'] },
  { what: 'openat2 in a root of its own', name: 'by-openat2', words: [FILE] },
  { what: "a file's handle", name: 'by-handle', words: [FILE], gets: 'EPERM' },
  { what: 'io_uring', name: 'by-io-uring', words: [], gets: 'EPERM' },
  { what: 'executing a program', name: 'executes', words: ['OUT/program'] },
  { what: 'a device in a folder of its own', name: 'makes-device', words: ['IN/device'] },
]

describeWith([inPath('gcc'), rootUser()], 'files outside of the jail', () => {
  let session: Session
  /** Neither in the session's folder nor in one for temporary files. */
  let outside: string
  beforeAll(async () => {
    outside = mkdtempSync(join(CACHE, 'outside-'))
    session = await startJailed()
    bring(session, PROGRAM)
  })
  beforeEach(() => {
    rmSync(outside, { recursive: true, force: true })
    mkdirSync(outside)
    writeFileSync(join(outside, 'file'), 'kept')
    writeFileSync(join(outside, 'program'), '#!/bin/echo allowed\n', { mode: 0o755 })
    session.write({ own: '' })
  })
  afterAll(async () => {
    await session.end()
    rmSync(outside, { recursive: true, force: true })
  })

  const placed = (words: readonly string[], folder: string) =>
    words.map((word) => word.replace(/^OUT/, outside).replace(/^IN/, folder))

  test.each(ATTEMPTS)('$what is refused', async ({ name, words, gets = 'EACCES' }) => {
    expect(await attempt(session, PROGRAM, name, ...placed(words, session.folder))).toBe(gets)
    const beside = mkdtempSync(join(CACHE, 'beside-'))
    writeFileSync(join(beside, 'own'), '')
    const freely = attemptFreely(PROGRAM, name, ...placed(words, beside))
    rmSync(beside, { recursive: true, force: true })
    expect(freely).toMatch(/^allowed/)
  })

  test('/etc/shadow is not read', async () => {
    expect(await attempt(session, PROGRAM, 'reads', '/etc/shadow')).toBe('EACCES')
    expect(attemptFreely(PROGRAM, 'reads', '/etc/shadow')).toBe(ALLOWED)
  })

  test('a socket of the abstract namespace, where somebody outside might pass a descriptor, is not reached', async () => {
    const name = `krunner-test-${process.pid}`
    const server = createServer().listen(`\0${name}`)
    expect(await attempt(session, PROGRAM, 'by-abstract-socket', name)).toBe('EPERM')
    expect(attemptFreely(PROGRAM, 'by-abstract-socket', name)).toBe(ALLOWED)
    server.close()
  })

  test("the session's folder and those for temporary files are its own", async () => {
    expect(await attempt(session, PROGRAM, 'creates', session.path('made'))).toBe(ALLOWED)
    expect(await attempt(session, PROGRAM, 'by-symlink', session.path('made'), session.path('to-it'))).toBe(
      ALLOWED,
    )
    expect(await attempt(session, PROGRAM, 'by-rename', session.path('made'), session.path('moved'))).toBe(
      ALLOWED,
    )
    const temporary = mkdtempSync('/tmp/krunner-test-')
    expect(await attempt(session, PROGRAM, 'creates', join(temporary, 'made'))).toBe(ALLOWED)
    rmSync(temporary, { recursive: true })
  })
})
