/** Programs that ask twice, seen by the hook and, where it does not reach or is not there, through /proc. */
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { startAsking } from '../fixtures/asking-step.ts'
import { compiled } from '../fixtures/compiled.ts'
import { program } from '../fixtures/programs.ts'
import { describeWith, inPath } from '../toolchain/requirement.ts'

type Argv = [string, ...string[]]

/** Who needs the hook for a prompt without a newline to be seen: what buffers its output. */
interface Asking {
  what: string
  needs: string
  argv: () => Argv
  promptsNeed: 'nothing' | 'hook'
}

const flushed = 'nothing'
const ASKING: Asking[] = [
  {
    what: 'Python',
    needs: 'python3',
    argv: () => ['/usr/bin/python3', program('asks.py')],
    promptsNeed: flushed,
  },
  { what: 'a shell', needs: 'sh', argv: () => [program('asks.sh')], promptsNeed: flushed },
  { what: 'Bash', needs: 'bash', argv: () => ['bash', program('asks.sh')], promptsNeed: flushed },
  {
    what: 'Node',
    needs: 'node',
    argv: () => [process.execPath, program('asks-with-readline.mjs')],
    promptsNeed: flushed,
  },
  { what: 'C with scanf', needs: 'gcc', argv: () => [compiled('asks-with-scanf.c')], promptsNeed: 'hook' },
  {
    what: 'C++ with cin',
    needs: 'g++',
    argv: () => [compiled('asks-with-cin.cpp', 'c++')],
    promptsNeed: flushed,
  },
  {
    what: 'C of musl',
    needs: 'musl-gcc',
    argv: () => [compiled('asks-with-scanf.c', 'dynamic musl c')],
    promptsNeed: 'hook',
  },
  {
    what: 'static C',
    needs: 'gcc',
    argv: () => [compiled('asks-and-flushes.c', 'static c')],
    promptsNeed: flushed,
  },
  { what: 'Go', needs: 'go', argv: () => [compiled('asks.go', 'go')], promptsNeed: flushed },
  { what: 'Java', needs: 'javac', argv: () => java(compiled('Asks.java', 'java')), promptsNeed: flushed },
]

for (const { what, needs, argv, promptsNeed } of ASKING)
  describeWith([inPath(needs)], what, () => {
    test('asks twice and is answered', async () => {
      const step = startAsking(argv())
      expect((await step.question(1)).output).toBe('name? ')
      step.input.answer('Ann')
      expect((await step.question(2)).output).toBe('name? age? ')
      step.input.answer('42')
      expect(await step.ended()).toBe('name? age? hello Ann, 42\n[exit 0]')
      expect(step.questions).toHaveLength(2)
    })

    test('asks and is answered without the hook', async () => {
      const step = startAsking(argv(), { hook: false })
      expect((await step.question(1)).output).toBe(promptsNeed === 'hook' ? '' : 'name? ')
      step.input.answer('Ann')
      await step.question(2)
      step.input.answer('42')
      expect(await step.ended()).toBe('name? age? hello Ann, 42\n[exit 0]')
      expect(step.questions).toHaveLength(2)
    })
  })

function java(path: string): Argv {
  return ['java', '-cp', dirname(path), 'Asks']
}
