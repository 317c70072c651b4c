/** Python asks its user in more ways than input(). */
import { expect, test } from 'vitest'
import type { Question, StepResult } from '../../src/client/step.ts'
import { openSession, type Session } from '../harness/session.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const options = { runtime: 'python', runtimePath: PYTHON }

interface Asked {
  result: StepResult
  questions: Pick<Question, 'isPassword' | 'prompt'>[]
}

async function answering(
  answers: readonly string[],
  run: (handlers: { onQuestion: (question: Question) => string | undefined }) => Promise<StepResult>,
): Promise<Asked> {
  const questions: Asked['questions'] = []
  const result = await run({
    onQuestion({ isPassword, prompt }) {
      questions.push({ isPassword, prompt })
      return answers[questions.length - 1]
    },
  })
  return { result, questions }
}

const askingCell = (session: Session, code: string, ...answers: string[]) =>
  answering(answers, (handlers) => session.run(code, handlers))

describeWith([programThere(PYTHON)], 'questions of Python', () => {
  test('threads ask, each gets its own answer, and the main thread may ask meanwhile', async () => {
    const session = await openSession(options)
    const code = `import threading
heard = []
for number in (1, 2):
    thread = threading.Thread(target=lambda: heard.append(input('thread? ')))
    thread.start()
    thread.join()
heard.append(input('main? '))
heard`
    const { result, questions } = await askingCell(session, code, 'one', 'two', 'three')
    expect(result.stdout).toBe("thread? thread? main? ['one', 'two', 'three']\n")
    expect(questions.map(({ prompt }) => prompt)).toEqual(['thread? ', 'thread? ', 'main? '])
  })

  test('programs that a cell starts ask, for passwords as such', async () => {
    const session = await openSession(options)
    const program = "import getpass; print(len(input('name? ')), len(getpass.getpass('secret? ')))"
    const code = `import subprocess, sys\nsubprocess.run([sys.executable, '-c', ${JSON.stringify(program)}]).returncode`
    const { result, questions } = await askingCell(session, code, 'ab', 'abc')
    expect(result.stdout).toBe('name? secret? 2 3\n0\n')
    expect(questions.map(({ isPassword }) => isPassword)).toEqual([false, true])
  })

  test('a read of descriptor 0 asks', async () => {
    const session = await openSession(options)
    for (const answer of ['first', 'second']) {
      const { result } = await askingCell(session, "import os\nprint('raw?')\nos.read(0, 100)", answer)
      expect(result.stdout).toBe(`raw?\nb'${answer}\\n'\n`)
    }
  })

  test('Ctrl-D ends the input, of iteration and of input()', async () => {
    const session = await openSession(options)
    const lines = await askingCell(session, 'import sys\n[line for line in sys.stdin]', 'one', 'two', '\x04')
    expect(lines.result.stdout).toBe("['one\\n', 'two\\n']\n")
    const { result } = await askingCell(session, 'input()', '\x04')
    expect(result.exitCode).toBe(1)
    expect(result.stderr).toContain('EOFError')
  })

  test("what is left of an answer is not the next cell's", async () => {
    const session = await openSession(options)
    const first = await askingCell(session, 'input()', 'one\nrest')
    expect(first.result.stdout).toBe("'one'\n")
    const second = await askingCell(session, 'input()', 'two')
    expect(second.result.stdout).toBe("'two'\n")
  })

  test('a replaced sys.stdin is read, and nobody asked', async () => {
    const session = await openSession(options)
    const code = "import io, sys\nsys.stdin = io.StringIO('replaced\\n')\ninput()"
    const { result, questions } = await askingCell(session, code)
    expect(result.stdout).toBe("'replaced'\n")
    expect(questions).toEqual([])
  })

  test("a handler of the user's own can end a question", async () => {
    const session = await openSession(options)
    const code = `import signal
def too_late(*_):
    raise TimeoutError('too late')
older = signal.signal(signal.SIGALRM, too_late)
older = signal.setitimer(signal.ITIMER_REAL, 0.05)
input('quick? ')`
    const { result } = await answering([], (handlers) => session.run(code, handlers))
    expect(result.stderr).toMatch(/input\('quick\? '\)[\s\S]*TimeoutError: too late/)
    expect((await session.run('1 + 1')).stdout).toBe('2\n')
  })

  test("the image's PYTHONPATH is kept, and passwords are asked for as such", async () => {
    const env = { ...process.env, PYTHONPATH: '/first:/second' }
    const session = await openSession({ ...options, env })
    session.write({ 'main.py': "import getpass, sys\nprint(sys.path[1:4])\ngetpass.getpass('secret? ')\n" })
    const { result, questions } = await answering(['abc'], async (handlers) => {
      const { exec } = await session.client.batch({ exec: '*' }, handlers)
      return exec
    })
    expect(result.stdout).toContain("'/first', '/second'")
    expect(result.stderr).toBe('')
    expect(questions).toEqual([{ isPassword: true, prompt: 'secret? ' }])
  })
})
