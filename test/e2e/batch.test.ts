import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openSession } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const APP = { runtime: 'app' }

test('steps sent back to back run one at a time, in order', async () => {
  const session = await openSession(APP)
  const one = session.client.batch({
    clean: 'echo c1 >> log',
    build: 'echo b1 >> log',
    exec: 'echo e1 >> log',
  })
  const two = session.client.batch({ clean: 'echo c2 >> log', build: 'echo b2 >> log', exec: 'cat log' })
  await one
  expect((await two).exec.stdout).toBe('c1\nb1\ne1\nc2\nb2\n')
})

test('a failed build skips exec with 127, and only until the next build', async () => {
  const session = await openSession(APP)
  const { build, exec } = await session.client.batch({ build: 'exit 3', exec: 'echo ran' })
  expect([build.exitCode, exec.exitCode, exec.stdout]).toEqual([3, 127, ''])
  const next = await session.client.batch({ build: 'true', exec: 'echo ran' })
  expect(next.exec.stdout).toBe('ran\n')
})

test('only batch mode has _BACKEND_BATCH_MODE', async () => {
  const session = await openSession(APP)
  const { stdout } = await session.exec('echo "[$_BACKEND_BATCH_MODE]"')
  expect(stdout).toBe('[1]\n')
})

test('a Makefile comes before the language when the build is the runtime’s own', async () => {
  const files = { Makefile: 'all:\n\t@echo made > made.txt\n', 'main.py': 'print(open("made.txt").read())' }
  const session = await openSession({ runtime: 'python', runtimePath: '/usr/bin/python3', files })
  const { build, exec } = await session.client.batch({ build: '*', exec: '*' })
  expect([build.exitCode, exec.stdout.trim()]).toEqual([0, 'made'])
})

test('commands run in the working folder, with a shell’s own words', async () => {
  const session = await openSession({ ...APP, files: { 'a b.txt': '1', 'c.txt': '2' } })
  const { stdout } = await session.exec('pwd; cat *.txt | wc -c; echo $((6 * 7))')
  expect(stdout).toBe(`${session.folder}\n2\n42\n`)
})

test('environ.txt is set for all that runs, and bootstrap.sh runs once before it', async () => {
  const session = await openSession({
    ...APP,
    configFiles: { 'environ.txt': 'FIRST=one\nSECOND=two words = and more\n\nTHIRD=\n' },
    files: { 'bootstrap.sh': 'echo "$FIRST" >> ran.txt\n' },
  })
  const { stdout } = await session.exec('echo "$FIRST|$SECOND|$THIRD|$(printenv THIRD | wc -l)"; cat ran.txt')
  expect(stdout).toBe('one|two words = and more||1\none\n')
  expect((await session.exec('cat ran.txt')).stdout).toBe('one\n')
})

test('the user’s own programs come first in PATH', async () => {
  const files = { '.local/bin/ls': '#!/bin/sh\necho mine\n' }
  const session = await openSession({ ...APP, files })
  expect((await session.exec('ls')).stdout).toBe('mine\n')
  const path = (await session.exec('echo $PATH')).stdout.trim().split(':')
  expect(path[0]).toBe(session.path('.local/bin'))
  expect(path.includes('/usr/local/cuda/bin')).toBe(existsSync('/usr/local/cuda/bin'))
})

test('all batch output is kept below .logs/task where that folder is there', async () => {
  const id = '0123456789abcdef0123456789abcdef'
  const session = await openSession({
    ...APP,
    env: { ...process.env, BACKENDAI_KERNEL_ID: '01234567-89ab-cdef-0123-456789abcdef' },
    files: { '.logs/task/.keep': '' },
  })
  await session.client.batch({ build: 'echo built', exec: 'echo executed; echo complained >&2' })
  const log = `.logs/task/${id.slice(0, 2)}/${id.slice(2, 4)}/${id.slice(4)}.log`
  await until('the log is written', () => existsSync(session.path(log)))
  const text = readFileSync(session.path(log), 'utf8')
  for (const line of ['built\n', 'executed\n', 'complained\n']) expect(text).toContain(line)
})

test('without .logs nothing is kept', async () => {
  const env = { ...process.env, BACKENDAI_KERNEL_ID: '01234567-89ab-cdef-0123-456789abcdef' }
  const session = await openSession({ ...APP, env })
  await session.exec('echo executed')
  expect(existsSync(session.path('.logs'))).toBe(false)
})

test('a command that is not there ends with 127', async () => {
  const session = await openSession(APP)
  const { exitCode, stderr } = await session.exec('no-such-program --at-all')
  expect(exitCode).toBe(127)
  expect(stderr).toContain('no-such-program')
})
