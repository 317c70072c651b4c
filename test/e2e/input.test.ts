/** Programs that ask their user, each as its own language does; none of them knows of us. */
import { expect, test } from 'vitest'
import type { Question } from '../../src/client/step.ts'
import { type COMPILERS, compiled } from '../fixtures/compiled.ts'
import { program } from '../fixtures/programs.ts'
import { openSession } from '../harness/session.ts'
import { describeWith, inPath } from '../toolchain/requirement.ts'

const APP = { runtime: 'app' }

interface Asking {
  what: string
  /** Found in PATH. */
  needs: string
  command: () => string
}

function built(what: string, source: string, compiler: keyof typeof COMPILERS, needs: string): Asking {
  return { what, needs, command: () => compiled(source, compiler) }
}

const ASKING: Asking[] = [
  { what: 'Python', needs: 'python3', command: () => `/usr/bin/python3 ${program('asks.py')}` },
  { what: 'a shell', needs: 'sh', command: () => program('asks.sh') },
  { what: 'Node', needs: 'node', command: () => `${process.execPath} ${program('asks-with-readline.mjs')}` },
  built('C with scanf', 'asks-with-scanf.c', 'c', 'gcc'),
  built('static C', 'asks-and-flushes.c', 'static c', 'gcc'),
  built('static C of musl', 'asks-and-flushes.c', 'musl c', 'musl-gcc'),
  built('dynamic C of musl', 'asks-with-scanf.c', 'dynamic musl c', 'musl-gcc'),
  built('Go', 'asks.go', 'go', 'go'),
  { what: 'Java', needs: 'javac', command: () => javaCommand(compiled('Asks.java', 'java')) },
]

for (const { what, needs, command } of ASKING)
  describeWith([inPath(needs)], what, () => {
    test('prompts without a newline are seen, and each question is answered', async () => {
      const session = await openSession(APP)
      const prompts: string[] = []
      const answers = ['Ann', '42']
      const { stdout, exitCode } = await session.exec(command(), {
        onQuestion: ({ prompt }) => {
          prompts.push(prompt)
          return answers[prompts.length - 1]
        },
      })
      expect(prompts).toEqual(['name? ', 'age? '])
      expect(stdout).toBe('name? age? hello Ann, 42\n')
      expect(exitCode).toBe(0)
    })

    test('an interrupted question ends the program, and its answer goes nowhere', async () => {
      const session = await openSession(APP)
      const { exitCode } = await session.exec(command(), {
        onQuestion: async () => {
          await session.client.interrupt()
          return undefined
        },
      })
      expect(exitCode).not.toBe(0)
      expect((await session.exec('echo next')).stdout).toBe('next\n')
    })
  })

test('letters of all alphabets are answered', async () => {
  const session = await openSession(APP)
  const { stdout } = await session.exec('read -r line; echo "[$line]"', { onQuestion: () => 'žluť 漢字 🐢' })
  expect(stdout).toBe('[žluť 漢字 🐢]\n')
})

test('a program deep in a pipeline asks too', async () => {
  const session = await openSession(APP)
  const asked: Question[] = []
  const { stdout } = await session.exec(`sh -c 'printf "deep? "; read -r line; echo "$line"' | cat`, {
    onQuestion: (question) => {
      asked.push(question)
      return 'yes'
    },
  })
  expect(asked.length).toBe(1)
  expect(stdout).toBe('deep? yes\n')
})

test('a program that reads a file or a pipe of its own asks nobody', async () => {
  const session = await openSession({ ...APP, files: { 'lines.txt': 'one\ntwo\n' } })
  const { stdout } = await session.exec('cat < lines.txt; echo three | cat; sleep 0.2 | cat')
  expect(stdout).toBe('one\ntwo\nthree\n')
})

test('a thousand questions are a thousand answers', async () => {
  const session = await openSession(APP)
  let number = 0
  const ask = 'for n in $(seq 1 1000); do read -r line; echo $line; done'
  const { stdout } = await session.exec(ask, { onQuestion: () => String(++number) })
  expect(stdout.trim().split('\n')).toEqual(Array.from({ length: 1000 }, (_, index) => `${index + 1}`))
})

function javaCommand(path: string): string {
  const [folder, name] = [path.replace(/\/[^/]*$/, ''), path.replace(/.*\//, '')]
  return `java -cp ${folder} ${name}`
}
