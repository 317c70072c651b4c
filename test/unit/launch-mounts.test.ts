/** What a person writes of mounts, and what a person can paste. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseMount } from '../../src/image/launch/mounts.ts'
import { launchScript, quoteWords } from '../../src/image/launch/shell.ts'
import { plan } from './launch-case.ts'

test.each([
  ['/data', { source: '/data', target: '/home/work/data', isReadOnly: false }],
  ['/data:ro', { source: '/data', target: '/home/work/data', isReadOnly: true }],
  ['/data:/mnt', { source: '/data', target: '/mnt', isReadOnly: false }],
  ['/data:set:ro', { source: '/data', target: '/home/work/set', isReadOnly: true }],
  ['/data:/mnt/:rw', { source: '/data', target: '/mnt', isReadOnly: false }],
])('--mount %s', (text, mount) => {
  expect(parseMount(text)).toEqual(mount)
})

test.each([
  ['', 'write SRC'],
  [':/mnt', 'write SRC'],
  ['/a:/b:/c', 'write SRC'],
  ['/a:/home/work', '--work FOLDER'],
  ['/a:/opt/kernel', 'taken'],
  ['/a:/opt/backend.ai/bin', 'taken'],
  ['/a:../config', 'taken'],
])('--mount %s is refused', (text, why) => {
  expect(() => parseMount(text)).toThrow(why)
})

const ODD = ['plain', '', 'two words', "it's", '$HOME', '`id`', 'a\nb', '\\', '"', '~', '*', 'a=b;c']

test('words that are quoted are the same behind a shell', () => {
  const out = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${quoteWords(ODD)}`], { encoding: 'utf8' })
  expect(out.split('\0').slice(0, -1)).toEqual(ODD)
})

test('the script of a launch makes what the container needs, runs it and cleans up', () => {
  const scratch = `/tmp/krunner-launch-test-${process.pid}`
  const made = plan({ options: { env: { ODD: "it's $HOME" } } })
  const look: [string, ...string[]] = ['cat', `${scratch}/config/environ.txt`]
  const script = launchScript({ ...made, argv: look }, scratch, false)
  expect(execFileSync('/bin/sh', ['-e', '-c', script], { encoding: 'utf8' })).toBe(made.config['environ.txt'])
  expect(existsSync(scratch)).toBe(false)
})
