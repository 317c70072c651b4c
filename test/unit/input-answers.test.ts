/** What becomes of questions and answers. */
import { expect, test } from 'vitest'
import { readProcess } from '../../src/process/procfs.ts'
import { AskingStep, startAsking } from '../fixtures/asking-step.ts'
import { program } from '../fixtures/programs.ts'
import { until } from '../harness/until.ts'

const DROPPED = /^input was dropped/

test('what was typed ahead answers the next questions, and nobody is asked', async () => {
  const step = startAsking([program('asks.sh')])
  step.input.answer('Ann')
  step.input.answer('42')
  expect(await step.ended()).toBe('name? age? hello Ann, 42\n[exit 0]')
  expect(step.questions).toEqual([])
  expect(step.warnings).toEqual([])
})

test('what was typed ahead and never asked for is dropped with the step', async () => {
  const step = startAsking(['sh', '-c', 'echo done'])
  step.input.answer('secret one')
  step.input.answer('secret two')
  await step.ended()
  expect(step.warnings).toEqual([expect.stringMatching(DROPPED)])
  expect(step.warnings[0]).not.toContain('secret')
})

test('what was typed ahead reaches the next process of the same step', async () => {
  const first = startAsking(['sh', '-c', 'echo done'])
  first.input.answer('kept')
  await first.child.exited
  const second = startAsking(['sh', '-c', 'read -r line; echo $line'], { after: first })
  expect(await second.ended()).toBe('kept\n[exit 0]')
})

test('input while nothing runs is dropped', () => {
  const step = new AskingStep(['true'])
  step.input.answer('nobody asked')
  expect(step.warnings).toEqual([expect.stringMatching(DROPPED)])
})

test('an interrupt cancels the question and what was typed ahead', async () => {
  const step = startAsking(['sh', '-c', 'trap "echo interrupted" INT; read -r a; read -r b; echo "$a,$b"'])
  await step.question(1)
  step.input.interrupted()
  process.kill(step.child.pid, 'SIGINT')
  await step.question(2)
  step.input.answer('one')
  expect(await step.ended()).toBe('interrupted\n,one\n[exit 0]')
})

test('a driver that asks gets the answer itself', async () => {
  const step = startAsking(['sleep', '1000'])
  const replies: string[] = []
  step.input.asked(true, (text) => replies.push(text))
  expect(step.questions).toEqual([{ isPassword: true, output: '' }])
  step.input.answer('two\nlines')
  expect(replies).toEqual(['two\nlines'])
})

test('questions of a driver are put one after the other', () => {
  const step = startAsking(['sleep', '1000'])
  const replies: string[] = []
  step.input.asked(false, (text) => replies.push(`first ${text}`))
  step.input.asked(true, (text) => replies.push(`second ${text}`))
  expect(step.questions.map(({ isPassword }) => isPassword)).toEqual([false])
  step.input.answer('one')
  expect(step.questions.map(({ isPassword }) => isPassword)).toEqual([false, true])
  step.input.answer('two')
  expect(replies).toEqual(['first one', 'second two'])
})

test('a cancelled question of a driver is never answered', () => {
  const step = startAsking(['sleep', '1000'])
  const replies: string[] = []
  step.input.asked(false, (text) => replies.push(text))
  step.input.interrupted()
  step.input.answer('late')
  expect(replies).toEqual([])
})

test('a megabyte is answered whole, and nothing blocks meanwhile', async () => {
  const step = startAsking(['sh', '-c', 'read -r line; head -n 1 | wc -c'])
  await step.question(1)
  step.input.answer(`one\n${'x'.repeat(1_000_000)}`)
  expect(await step.ended()).toBe('1000001\n[exit 0]')
  expect(step.questions).toHaveLength(1)
})

test('what nobody has read of an answer does not reach the next step on the same pipe', async () => {
  const script = 'read -r a; echo "got $a"; kill -STOP $$; read -r b; echo "then $b"'
  const step = startAsking(['sh', '-c', script])
  await step.question(1)
  step.input.answer('one\nleft over')
  await until('it has read one line and stopped', () => readProcess(step.child.pid)?.state === 'T')
  step.input.stepEnded()
  step.start()
  process.kill(step.child.pid, 'SIGCONT')
  await step.question(2)
  step.input.answer('two')
  expect(await step.ended()).toBe('got one\nthen two\n[exit 0]')
})

test('an answer to a program that is gone harms nobody', async () => {
  const step = startAsking(['sh', '-c', 'read -r line'])
  await step.question(1)
  process.kill(step.child.pid, 'SIGKILL')
  await step.child.exited
  step.input.answer('x'.repeat(1_000_000))
  expect(await step.ended()).toBe('[exit 137]')
})
