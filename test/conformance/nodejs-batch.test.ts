/** What the steps of a Node.js project are, by the files that are there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import nodejs from '../../runtimes/nodejs/runtime.ts'
import { ProjectFolder } from '../../src/runtime/project.ts'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'

type Step = 'clean' | 'build' | 'execute'

const PACKAGE = {
  scripts: { build: 'make-it', start: 'start-it', clean: 'clean-it' },
  dependencies: { one: '1.0.0' },
}
const NPM = /there is no npm in PATH/

test('npm installs, builds, cleans and starts what package.json says, under the Node of the session', () => {
  const files = { 'package.json': JSON.stringify(PACKAGE) }
  expect(commands('build', files)).toEqual(['npm install --no-audit --no-fund', 'npm run build'])
  expect(commands('clean', files)).toEqual(['npm run clean'])
  expect(commands('execute', files)).toEqual(['npm run start'])
  expect(plan('build', files)).toMatchObject({ commands: [{ env: { PATH: '/opt/node/bin:/bin' } }, {}] })
})

test('npm is not asked where it has nothing to do', () => {
  for (const files of [{}, { 'main.js': '' }, { 'package.json': '{"name":"bare"}', 'main.js': '' }]) {
    expect(commands('build', files)).toEqual([])
    expect(commands('clean', files)).toEqual([])
  }
})

test('without npm the answer says so', () => {
  const files = { 'package.json': JSON.stringify(PACKAGE) }
  for (const step of ['clean', 'build', 'execute'] as const)
    expect(plan(step, files, () => undefined)).toEqual({ impossible: expect.stringMatching(NPM) })
})

test.each([
  [
    'main.js before all',
    { 'main.js': '', 'index.js': '', 'package.json': JSON.stringify(PACKAGE) },
    'node main.js',
  ],
  ['a module', { 'main.mjs': '' }, 'node main.mjs'],
  ["a package's main file", { 'package.json': '{"main":"lib/run"}', 'lib-run.js': '' }, undefined],
  ["a package's main file without its ending", { 'package.json': '{"main":"run"}', 'run.js': '' }, 'node .'],
  [
    'index.js where the main file is not there',
    { 'package.json': '{"main":"gone.js"}', 'index.js': '' },
    'node index.js',
  ],
])('execute: %s', (_, files, command) => {
  if (command) expect(commands('execute', files)).toEqual([command])
  else expect(plan('execute', files)).toEqual({ impossible: expect.stringContaining('lib/run') })
})

test('a package.json that does not parse is said to be one', () => {
  for (const step of ['clean', 'build', 'execute'] as const)
    expect(plan(step, { 'package.json': '{' })).toEqual({
      impossible: expect.stringContaining('does not parse'),
    })
})

function plan(
  step: Step,
  files: Readonly<Record<string, string>>,
  which = (name: string): string | undefined => name,
) {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const executable = '/opt/node/bin/node'
  const context: RuntimeContext = { executable, folder: '', scratch: '', env: { PATH: '/bin' }, which }
  return nodejs.batch?.[step](new ProjectFolder(folder), context)
}

function commands(step: Step, files: Readonly<Record<string, string>>): string[] {
  const found = plan(step, files)
  if (!found || !('commands' in found)) throw new Error(`no commands: ${JSON.stringify(found)}`)
  return found.commands.map(({ argv }) => argv.join(' ').replace('/opt/node/bin/', ''))
}
