/** The preloaded hook changes nothing for a program but that it is heard. */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type AskingStep, startAsking } from '../fixtures/asking-step.ts'
import { compiled } from '../fixtures/compiled.ts'
import { program } from '../fixtures/programs.ts'
import { until } from '../harness/until.ts'

/** The announcements' address, as user code has it. */
function channelOf(step: AskingStep): string {
  const { KRUNNER_INPUT = '' } = step.input.environment(1, {})
  return `\0${KRUNNER_INPUT.replace(/:\d+$/, '')}`
}

test('getpass asks for a password, and what is read later is none', async () => {
  const step = startAsking([compiled('asks-for-password.c')])
  expect(await step.question(1)).toEqual({ isPassword: true, output: 'Password: ' })
  step.input.answer('secret')
  expect(await step.question(2)).toEqual({ isPassword: false, output: 'Password: secret? ' })
  step.input.answer('here')
  expect(await step.ended()).toBe('Password: secret? here\n[exit 0]')
})

test('any language says "password" in two lines', async () => {
  const python = [
    'import os, socket, sys',
    'channel = socket.socket(socket.AF_UNIX); channel.connect("\\0" + os.environ["KRUNNER_INPUT"].rpartition(":")[0])',
    'channel.sendall(b"password\\n"); line = sys.stdin.readline(); channel.close()',
    'input(line)',
  ]
  const step = startAsking(['/usr/bin/python3', '-c', python.join('\n')])
  expect((await step.question(1)).isPassword).toBe(true)
  step.input.answer('secret')
  expect((await step.question(2)).isPassword).toBe(false)
})

for (const way of ['strict', 'filter'])
  test(`a program that locks itself in (${way}) is not killed for what the hook does`, async () => {
    const step = startAsking([compiled('locks-itself-in.c'), way])
    expect((await step.question(1)).output).toBe('locked in> ')
    step.input.answer('here')
    expect(await step.ended()).toBe('locked in> here\n[exit 0]')
  })

test('reads are cancelled and interrupted as ever, and a held stdout holds nobody', async () => {
  const step = startAsking([compiled('interrupts-its-reads.c')])
  await until('it has come to its child', () => step.output.includes('child? '))
  step.input.answer('here')
  const expected = 'cancelled\ncancelled in stdio\ninterrupted\nchild? child: here\n[exit 0]'
  expect(await step.ended()).toBe(expected)
})

test('a program without stdout is heard', async () => {
  const step = startAsking([compiled('closes-stdout.c')])
  await step.question(1)
  step.input.answer('one')
  await step.question(2)
  step.input.answer('two')
  expect(await step.ended()).toBe('one\ntwo\n[exit 0]')
})

test('a program with a sanitizer starts, and is heard', async () => {
  const step = startAsking([compiled('asks-with-scanf.c', 'c with sanitizer')])
  expect((await step.question(1)).output).toBe('name? ')
  step.input.answer('Ann')
  expect((await step.question(2)).output).toBe('name? age? ')
})

test('what else is preloaded stays so', async () => {
  const step = startAsking([program('asks.sh')], { env: { LD_PRELOAD: 'libc.so.6' } })
  const { LD_PRELOAD = '' } = step.input.environment(1, { LD_PRELOAD: 'libc.so.6' })
  expect(LD_PRELOAD).toMatch(/libkrunner-input\.so:libc\.so\.6$/)
  expect(step.input.environment(1, { LD_PRELOAD }).LD_PRELOAD).toBe(LD_PRELOAD)
  expect((await step.question(1)).output).toBe('name? ')
})

test('lies on the channel ask nobody, and truth is still heard', async () => {
  const step = startAsking(['sh', '-c', 'sleep 0.3; printf "really? "; read -r line; echo $line'])
  for (const lie of ['wait\n', 'wait\nwait\n', 'password', 'x'.repeat(100_000), '\n', '\0\xff'])
    connect(channelOf(step))
      .on('error', () => {})
      .end(lie)
  const silent = Array.from({ length: 200 }, () => connect(channelOf(step)).on('error', () => {}))
  expect(await step.question(1)).toEqual({ isPassword: false, output: 'really? ' })
  for (const socket of silent) socket.destroy()
  step.input.answer('yes')
  expect(await step.ended()).toBe('really? yes\n[exit 0]')
  expect(step.questions).toHaveLength(1)
})
