/** What the keys of a policy come to in a session, against the real kernel. What is counted is in jail-limits. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startJailed } from '../harness/jailed.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import type { Session, SessionOptions } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'
import { CACHE } from '../toolchain/roots.ts'

const PYTHON = '/usr/bin/python3'

async function startWith(policy: string, options: Partial<SessionOptions> = {}): Promise<Session> {
  const text = `diff_to_default: true\npreserved_env_keys: [KRUNNER_TEST_SESSION, KEPT, "ANY_*"]\n${policy}\n`
  const folder = temporaryFolder({ 'policy.yml': text })
  const session = await startJailed(options, join(folder, 'policy.yml'))
  onTestFinished(() => session.end())
  return session
}

/** What a command prints, its errors too. */
async function said(session: Session, command: string): Promise<string> {
  const { stdout, stderr } = await session.exec(command)
  return `${stdout}${stderr}`.trim()
}

describe('variables', () => {
  test('are those that the policy keeps, and those that it sets', async () => {
    const env = { ...process.env, KEPT: 'kept', ANY_THING: 'any', SECRET: 'secret', SET: 'inherited' }
    const session = await startWith('extra_envs: ["SET=by the policy", "EQUALS=a=b"]', { env })
    const lines = (await said(session, 'env')).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining(['KEPT=kept', 'ANY_THING=any', 'SET=by the policy', 'EQUALS=a=b']),
    )
    expect(lines.filter((line) => line.includes('secret') || line.includes('inherited'))).toEqual([])
    expect(session.runner.stderr).toMatch(/the policy keeps no variables .*\bSECRET\b/)
  })
})

describe('paths', () => {
  test('a pattern gives what is beneath a folder, to read and not to write', async () => {
    const folder = placeOfTest()
    const session = await startWith(`whitelist_paths: { OP_OPEN: ["${folder}/read/*"] }`)
    expect(await said(session, `cat ${folder}/read/deep/file`)).toBe('content')
    expect(await said(session, `cat ${folder}/other/file`)).toMatch(/Permission denied/)
    expect(await said(session, `echo more >> ${folder}/read/deep/file`)).toMatch(/Permission denied/)
    expect(await said(session, `rm -f ${folder}/read/deep/file`)).toMatch(/Permission denied/)
  })

  test('OP_WRITE gives a folder to write in, and reading with it', async () => {
    const folder = placeOfTest()
    const session = await startWith(`whitelist_paths: { write: ["${folder}/other/**"] }`)
    expect(
      await said(session, `cd ${folder}/other && echo new > made && mv made moved && cat moved && rm moved`),
    ).toBe('new')
    expect(await said(session, `echo new > ${folder}/read/made`)).toMatch(/Permission denied/)
  })

  test('a pattern within a name gives the files that are there when the session begins', async () => {
    const folder = placeOfTest()
    const session = await startWith(`whitelist_paths: { OP_OPEN: ["${folder}/*.conf"] }`)
    writeFileSync(join(folder, 'later.conf'), 'later')
    expect(await said(session, `cat ${folder}/one.conf ${folder}/two.conf`)).toBe('12')
    expect(await said(session, `cat ${folder}/later.conf`)).toMatch(/Permission denied/)
  })

  test('/home/work is the folder of the session, wherever it is', async () => {
    const session = await startWith('whitelist_paths: { OP_WRITE: ["!/tmp/*", "!/var/tmp/*"] }')
    expect(await said(session, 'echo mine > file && cat file')).toBe('mine')
    expect(await said(session, `echo no > /tmp/krunner-test-escaped`)).toMatch(/Permission denied/)
  })

  test('what OP_EXEC does not have is not executed', async () => {
    const session = await startWith('whitelist_paths: { OP_EXEC: ["!/home/work/*"] }')
    writeFileSync(session.path('program'), '#!/bin/sh\necho ran\n', { mode: 0o755 })
    expect(await said(session, './program')).toMatch(/Permission denied/)
    expect(await said(session, 'sh program')).toBe('ran')
  })

  test('an empty OP_CHMOD takes the calls away, and what does not hold is told when the session begins', async () => {
    const none = await startWith('whitelist_paths: { OP_CHMOD: ["!*"] }')
    expect(await said(none, 'touch file && chmod 600 file')).toMatch(/Operation not permitted/)
    const some = await startWith('whitelist_paths: { OP_CHMOD: ["!*", "/tmp/*"] }')
    expect(await said(some, 'touch file && chmod 640 file && stat -c %a file')).toBe('640')
    expect(some.runner.stderr).toContain("whitelist_paths.OP_CHMOD: '/tmp/*' does not hold")
  })
})

describeWith([programThere(PYTHON)], 'ports', () => {
  test('only those of tcp_connect are connected to, and only those of tcp_listen are listened on', async () => {
    const [allowed, other] = [await listening(), await listening()]
    const session = await startWith(`tcp_connect: [${allowed}]\ntcp_listen: [1]`)
    const connect = (port: number) =>
      said(
        session,
        `${PYTHON} -c "import socket; socket.create_connection(('127.0.0.1', ${port})); print('connected')" 2>&1 | tail -1`,
      )
    expect(await connect(allowed)).toBe('connected')
    expect(await connect(other)).toMatch(/PermissionError/)
    const listen = `${PYTHON} -c "import socket; socket.create_server(('127.0.0.1', 0))" 2>&1 | tail -1`
    expect(await said(session, listen)).toMatch(/PermissionError/)
  })
})

/** Beside what policies give: not beneath the folders for temporary files. */
function placeOfTest(): string {
  const folder = mkdtempSync(join(CACHE, 'keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const path of ['read/deep', 'other']) {
    mkdirSync(join(folder, path), { recursive: true })
    writeFileSync(join(folder, path, 'file'), 'content')
  }
  writeFileSync(join(folder, 'one.conf'), '1')
  writeFileSync(join(folder, 'two.conf'), '2')
  return folder
}

async function listening(): Promise<number> {
  const server: Server = createServer((socket) => socket.destroy())
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
