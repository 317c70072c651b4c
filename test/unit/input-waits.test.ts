/** The ways in which a process may wait for its user, and what only looks like it. */
import { expect, test } from 'vitest'
import { native } from '../../src/process/native.ts'
import { startAsking } from '../fixtures/asking-step.ts'
import { compiled } from '../fixtures/compiled.ts'
import { until } from '../harness/until.ts'

for (const way of ['read', 'readv', 'splice', 'poll', 'ppoll', 'select', 'epoll', 'thread', 'duplicate'])
  test(`a wait in ${way} is seen`, async () => {
    const step = startAsking([compiled('waits.c'), way], { hook: false })
    await step.question(1)
    step.input.answer('here')
    expect(await step.ended()).toBe('here\n[exit 0]')
    expect(step.questions).toHaveLength(1)
  })

for (const way of ['poll', 'epoll', 'thread', 'duplicate'])
  test(`a wait in ${way} is seen beside the hook`, async () => {
    const step = startAsking([compiled('waits.c'), way])
    await step.question(1)
    step.input.answer('here')
    expect(await step.ended()).toBe('here\n[exit 0]')
    expect(step.questions).toHaveLength(1)
  })

test('an orphan that reads the pipe asks', async () => {
  native.becomeSubreaper()
  const orphan = '(sh -c "read -r line; echo orphan \\$line; kill $$" <&3 &)'
  const step = startAsking(['sh', '-c', `exec 3<&0; ${orphan}; exec sleep 1000 < /dev/null`], { hook: false })
  await step.question(1)
  step.input.answer('here')
  expect(await step.ended()).toBe('orphan here\n[exit 143]')
})

test('a process that reads a file or a pipe of its own asks nobody', async () => {
  const quiet = 'sleep 0.3 | cat; cat < /dev/null; sleep 0.3 & wait; echo done'
  const step = startAsking(['sh', '-c', quiet])
  expect(await step.ended()).toBe('done\n[exit 0]')
  expect(step.questions).toEqual([])
})

test('a program that never waits asks nobody', async () => {
  const step = startAsking([compiled('waits.c'), 'nonblocking'])
  expect(await step.ended()).toBe('gave up[exit 0]')
  expect(step.questions).toEqual([])
})

test('a question is asked once, however long it is not answered', async () => {
  const step = startAsking([
    'sh',
    '-c',
    'while sleep 0.02; do echo busy; done & read -r line; kill $!; echo $line',
  ])
  await step.question(1)
  await until('it printed more', () => step.output.length > 50)
  expect(step.questions).toHaveLength(1)
  step.input.answer('here')
  expect(await step.ended()).toContain('here\n[exit 0]')
})

test('a program that takes its time to read its answer is not asked again', async () => {
  const slow = 'printf "first? "; read -r a; sleep 0.3; printf "second? "; read -r b; echo $a $b'
  const step = startAsking(['sh', '-c', slow])
  await step.question(1)
  step.input.answer('one')
  expect((await step.question(2)).output).toBe('first? second? ')
  step.input.answer('two')
  expect(await step.ended()).toBe('first? second? one two\n[exit 0]')
  expect(step.questions).toHaveLength(2)
})

test('two processes that wait are asked for one after the other', async () => {
  const reader = compiled('waits.c')
  const step = startAsking(['sh', '-c', `exec 3<&0; ${reader} <&3 & ${reader} <&3 & wait`])
  await step.question(1)
  step.input.answer('one')
  await step.question(2)
  step.input.answer('two')
  expect(await step.ended()).toBe('one\ntwo\n[exit 0]')
})
