/** The options of `krunner launch`: what commander makes of them, and what stands of them in the documentation. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { register } from '../../src/cli/launch.ts'
import { PROJECT } from './source-files.ts'

const DOCUMENT = readFileSync(join(PROJECT, 'docs/operating.md'), 'utf8')

function command(): Command {
  const program = new Command()
  register(program)
  const [launch] = program.commands
  if (!launch) throw new Error('there is no command')
  return launch.exitOverride().configureOutput({ writeErr: () => undefined })
}

test('every option is documented', () => {
  const flags = command().options.map(({ long }) => long ?? '')
  expect(flags.length).toBeGreaterThan(15)
  expect(flags.filter((flag) => !DOCUMENT.includes(flag))).toEqual([])
})

test.each([
  ['--cpu', 'many'],
  ['--cpu', '0'],
  ['--mem', '12 apples'],
  ['--gpus', '0'],
  ['--gpus', 'some'],
  ['--mount', 'a:b:c'],
  ['--env', 'NOTHING'],
  ['--user', 'root'],
  ['--publish', '70000'],
  ['--publish', '1:2:3'],
])('%s %s is refused', (flag, value) => {
  expect(() => command().parse(['image', flag, value], { from: 'user' })).toThrow()
})

test('options that may stand several times are all taken', () => {
  const launch = command().action(() => undefined)
  const args = [
    'image',
    '--env',
    'A=1',
    '--env',
    'B=x=y',
    '--mount',
    '/a',
    '--mount',
    '/b:/c:ro',
    '--publish',
    '80',
  ]
  launch.parse([...args, '--publish', '9000:81', '--', 'ls', '-l'], { from: 'user' })
  expect(launch.args).toEqual(['image', 'ls', '-l'])
  expect(launch.opts()).toMatchObject({
    env: { A: '1', B: 'x=y' },
    mount: [{ source: '/a' }, { source: '/b', target: '/c', isReadOnly: true }],
    publish: [{ port: 80 }, { port: 81, host: 9000 }],
  })
})
