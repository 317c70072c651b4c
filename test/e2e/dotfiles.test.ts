import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openSession } from '../harness/session.ts'
import { until } from '../harness/until.ts'

const open = (content: string) =>
  openSession({
    runtime: 'app',
    mayWarn: true,
    files: { '.vimrc': 'old', 'bootstrap.sh': 'cat .vimrc > seen-by-bootstrap\n' },
    configFiles: { 'dotfiles.json': content },
  })

test('dotfiles of the agent are in the home before anything runs, with their modes', async () => {
  const session = await open(
    JSON.stringify([
      { path: '.vimrc', data: 'set nu\n', perm: '600' },
      { path: '.config/deep/tool', data: '#!/bin/sh\n', perm: '0755' },
      { path: '../outside', data: 'x', perm: '644' },
      { path: '.vimrc/under-a-file', data: 'x', perm: '644' },
    ]),
  )
  expect((await session.exec('cat seen-by-bootstrap')).stdout).toBe('set nu\n')
  expect(statSync(session.path('.vimrc')).mode & 0o777).toBe(0o600)
  expect(readFileSync(session.path('.config/deep/tool'), 'utf8')).toBe('#!/bin/sh\n')
  expect(statSync(session.path('.config/deep/tool')).mode & 0o777).toBe(0o755)
  expect(existsSync(session.path('../outside'))).toBe(false)
  const told =
    /the dotfile '\.\.\/outside' is not written: it is outside of .*the dotfile '\.vimrc\/under-a-file' is not/s
  await until('both are told', () => told.test(session.runner.stderr))
})

test('a list that is none is told with what it should be', async () => {
  const session = await open('[{"path": ".vimrc"}]')
  expect((await session.exec('cat .vimrc')).stdout).toBe('old')
  await until('it is told', () =>
    /dotfiles\.json is not used: .*it should be like \[/.test(session.runner.stderr),
  )
})
