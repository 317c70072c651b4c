import { expect, test } from 'vitest'
import { shellCommand } from '../../src/runtime/shell-command.ts'

test('where there is a shell, it has the line as it is', () => {
  for (const line of ['make && ./main', 'echo $HOME'])
    expect(shellCommand(line, true)).toEqual({ commands: [{ argv: ['/bin/sh', '-c', line] }] })
})

test.each([
  ['node main.js', ['node', 'main.js']],
  [
    `node -e 'console.log("a; b")' "two words" es\\ caped`,
    ['node', '-e', 'console.log("a; b")', 'two words', 'es caped'],
  ],
  [String.raw`echo 'costs $5' "costs \$5"`, ['echo', 'costs $5', 'costs $5']],
])('without one, %s is a program and its arguments', (line, argv) => {
  expect(shellCommand(line, false)).toEqual({ commands: [{ argv }] })
})

test.each([
  ['a && b', '&'],
  ['a | b', '|'],
  ['a > file', '>'],
  ['echo "$HOME"', '$'],
  ['ls *.c', '*'],
  ['NAME=value program', 'NAME='],
  ['one\ntwo', 'needs one'],
])('without one, %s is told to be impossible', (line, named) => {
  const plan = shellCommand(line, false)
  expect('impossible' in plan && plan.impossible).toContain('no /bin/sh')
  expect('impossible' in plan && plan.impossible).toContain(named)
})

test('a quote that is never closed is told', () => {
  const plan = shellCommand("echo 'open", false)
  expect('impossible' in plan && plan.impossible).toContain('never closed')
})
