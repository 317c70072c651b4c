import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, onTestFinished, test } from 'vitest'
import { KRUNNER, temporaryFolder } from '../harness/krunner.ts'
import { processesGone } from '../harness/leaks.ts'
import { TAG } from '../harness/processes.ts'
import { openSession } from '../harness/session.ts'
import { KEYS, openTerminal } from '../harness/terminal.ts'

/** Runs in a folder with these files, and leaves no process behind. */
function script(files: Readonly<Record<string, string>>, args: readonly string[], input = '') {
  const tag = randomUUID()
  onTestFinished(() => processesGone(tag))
  return execa(KRUNNER, args, {
    cwd: temporaryFolder(files),
    env: { [TAG]: tag },
    reject: false,
    stripFinalNewline: false,
    input,
  })
}

describe('krunner run', () => {
  test('passes every byte on, and exits with the code of the cell', async () => {
    const code =
      'import sys, os\nos.write(1, bytes(range(256)))\nos.write(2, b"\\xff complaint")\nsys.exit(7)\n'
    const folder = temporaryFolder({ 'main.py': code })
    const { stdout, stderr, exitCode } = await execa(KRUNNER, ['run', 'python', 'main.py'], {
      cwd: folder,
      reject: false,
      encoding: 'buffer',
      stripFinalNewline: false,
    })
    expect(Buffer.from(stdout)).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)))
    expect(Buffer.from(stderr)).toEqual(Buffer.from('\xff complaint', 'latin1'))
    expect(exitCode).toBe(7)
  })

  test('an error of the code is exit code 1', async () => {
    const { stderr, exitCode } = await script({ 'main.py': '1 / 0\n' }, ['run', 'python', 'main.py'])
    expect(stderr).toContain('ZeroDivisionError')
    expect(exitCode).toBe(1)
  })

  test('- is the code on standard input', async () => {
    const { stdout, exitCode } = await script({}, ['run', 'python', '-'], 'print("from stdin")\n')
    expect([stdout, exitCode]).toEqual(['from stdin\n', 0])
  })

  test('lines of standard input answer questions, one each', async () => {
    const files = { 'main.py': 'print([input("a? "), input("b? ")])' }
    const { stdout } = await script(files, ['run', 'python', 'main.py'], 'one\ntwo\n')
    expect(stdout).toBe("a? b? ['one', 'two']\n")
  })

  test('a question without an answer interrupts the code, and says so', async () => {
    const { stderr, exitCode } = await script({ 'main.py': 'input("a? ")' }, ['run', 'python', 'main.py'])
    expect(stderr).toContain('the code waits for input, and there is none')
    expect(exitCode).toBe(1)
  })

  test('code that asks on without an answer is left', async () => {
    const code = 'while True:\n    try: input("a? ")\n    except KeyboardInterrupt: pass\n'
    const { exitCode } = await script({ 'main.py': code }, ['run', 'python', 'main.py'])
    expect(exitCode).toBe(1)
  })

  test('where the code is on standard input, the terminal answers', async () => {
    const command = `echo 'len(input("Name? "))' | ${KRUNNER} run python -`
    const terminal = openTerminal(['/bin/sh', '-c', command])
    await terminal.shows('Name? ')
    terminal.type('Adalovelace', KEYS.enter)
    await terminal.shows('\n11\r\n')
    expect(await terminal.ended()).toBe(0)
  })

  test('at a terminal a password is not shown', async () => {
    const folder = temporaryFolder({ 'main.py': 'import getpass; len(getpass.getpass("Secret? "))' })
    const terminal = openTerminal([KRUNNER, 'run', 'python', 'main.py'], { cwd: folder })
    await terminal.shows('Secret? ')
    terminal.type('hunter2', KEYS.enter)
    await terminal.shows('\n7\r\n')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.written).not.toContain('hunter2')
  })

  test('Ctrl-C interrupts the code, a second one leaves it', async () => {
    const patient = temporaryFolder({ 'main.py': 'print("runs", flush=True)\nwhile True: pass' })
    const one = openTerminal([KRUNNER, 'run', 'python', 'main.py'], { cwd: patient })
    await one.shows('runs')
    one.type(KEYS.ctrlC)
    await one.shows('KeyboardInterrupt')
    expect(await one.ended()).toBe(1)
    const code =
      'print("runs", flush=True)\nwhile True:\n    try:\n        for _ in iter(int, 1): pass\n' +
      '    except KeyboardInterrupt: print("no", flush=True)\n'
    const stubborn = temporaryFolder({ 'main.py': code })
    const two = openTerminal([KRUNNER, 'run', 'python', 'main.py'], { cwd: stubborn })
    await two.shows('runs')
    two.type(KEYS.ctrlC)
    await two.shows('no\r\n')
    two.type(KEYS.ctrlC)
    expect(await two.ended()).toBe(130)
  })

  test('Ctrl-C at a question cancels it', async () => {
    const folder = temporaryFolder({ 'main.py': 'input("Name? ")' })
    const terminal = openTerminal([KRUNNER, 'run', 'python', 'main.py'], { cwd: folder })
    await terminal.shows('Name? ')
    terminal.type('half', KEYS.ctrlC)
    expect(await terminal.shows('KeyboardInterrupt')).not.toContain('krunner:')
    expect(await terminal.ended()).toBe(1)
  })

  test('at a terminal a line is shown before it ends', async () => {
    const code = 'import time\nprint("half", end="", flush=True)\ntime.sleep(1000)'
    const folder = temporaryFolder({ 'main.py': code })
    const terminal = openTerminal([KRUNNER, 'run', 'python', 'main.py'], { cwd: folder })
    await terminal.shows('half')
    terminal.type(KEYS.ctrlC)
    expect(await terminal.ended()).toBe(1)
  })

  test('SIGTERM stops the runner and all it started', async () => {
    const files = { 'main.py': 'print("runs", flush=True)\nwhile True: pass' }
    const running = script(files, ['run', 'python', 'main.py'])
    running.stdout.once('data', () => running.kill('SIGTERM'))
    expect((await running).exitCode).toBe(143)
  })

  test('a reader that goes away ends it without a word', async () => {
    const folder = temporaryFolder({ 'main.py': 'while True: print("y" * 70)' })
    const command = `{ ${KRUNNER} run python main.py; echo $? >code; } | head -1`
    const { stdout, stderr } = await execa({ cwd: folder, shell: '/bin/sh' })`${command}`
    expect([stdout, stderr]).toEqual(['y'.repeat(70), ''])
    const code = await execa({ cwd: folder })`cat code`
    expect(code.stdout).toBe('141')
  })

  test('a runner that runs is used and left as it was', async () => {
    const session = await openSession({ runtime: 'python' })
    await session.client.run('shared = 70')
    const { portIn, portOut } = session.runner
    await session.disconnect()
    const address = `127.0.0.1:${portIn}:${portOut}`
    for (const [cell, shown] of [
      ['shared += 1; shared', '71\n'],
      ['shared += 1; shared', '72\n'],
    ] as const) {
      const { stdout } = await script({}, ['run', 'python', '-', '--connect', address], cell)
      expect(stdout).toBe(shown)
    }
  })
})

describe('krunner batch', () => {
  test('builds and executes the folder, in the folder', async () => {
    const files = { 'main.py': 'import os; print(os.path.exists("made"))' }
    const { stdout, exitCode } = await script(files, ['batch', 'python', '.', '--build', 'touch made'])
    expect([stdout, exitCode]).toEqual(['True\n', 0])
  })

  test('exits with the code of the first step that fails', async () => {
    const failing = (...args: string[]) => script({}, ['batch', 'python', '.', ...args])
    const { exitCode, stdout } = await failing('--build', 'exit 4', '--exec', 'echo never')
    expect([exitCode, stdout]).toEqual([4, ''])
    expect((await failing('--clean', 'exit 5', '--build', 'exit 6', '--exec', 'exit 7')).exitCode).toBe(5)
    expect((await failing('--build', 'true', '--exec', 'exit 7')).exitCode).toBe(7)
  })

  test('lines of standard input answer the program', async () => {
    const program = 'read a; read b; echo "$b $a"'
    const { stdout } = await script(
      {},
      ['batch', 'python', '.', '--build', '', '--exec', program],
      'one\ntwo\n',
    )
    expect(stdout).toBe('two one\n')
  })
})

describe('arguments that can not be used', () => {
  test.each([
    ['a file that is not there', ['run', 'python', 'nowhere.py'], 'nowhere.py'],
    ['a folder as the file', ['run', 'python', '.'], 'directory'],
    ['a folder that is not there', ['batch', 'python', 'nowhere'], "DIR 'nowhere' is not a folder"],
    ['a runtime that nobody knows', ['run', 'cobol', '-'], "no runtime type 'cobol'"],
    ['an address without ports', ['run', 'python', '-', '--connect', 'localhost'], 'write HOST:IN:OUT'],
    ['a port out of range', ['run', 'python', '-', '--connect', 'a:1:70000'], '70000 is not between'],
    ['no file', ['run', 'python'], "missing required argument 'FILE'"],
    ['a console without a terminal', ['console', 'python'], 'needs a terminal'],
  ])('%s: a sentence, and exit code 2', async (_, args, sentence) => {
    const { stderr, exitCode } = await script({}, args, 'pass')
    expect(stderr).toContain(sentence)
    expect(exitCode).toBe(2)
  })

  test('a file that is not UTF-8', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'main.py'), Buffer.from([0xff]))
    const args = ['run', 'python', 'main.py']
    const { stderr, exitCode } = await execa(KRUNNER, args, { cwd: folder, reject: false })
    expect(stderr).toContain("FILE is 'main.py'")
    expect(exitCode).toBe(2)
  })

  test('an address where nobody answers is exit code 125', async () => {
    const { stderr, exitCode } = await script(
      {},
      ['run', 'python', '-', '--connect', '127.0.0.1:1:2'],
      'pass',
    )
    expect(stderr).toContain('no runner answers at 127.0.0.1:1:2')
    expect(exitCode).toBe(125)
  })
})
