import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { build, clean, execute } from '../../runtimes/python/batch.ts'
import { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'

const PYTHON = '/usr/bin/python3'
const context: RuntimeContext = {
  executable: PYTHON,
  folder: new URL('../../runtimes/python', import.meta.url).pathname,
  scratch: '/nowhere',
  env: {},
  which: () => undefined,
}

const project = (files: Readonly<Record<string, string>>) => new ProjectFolder(temporaryFolder(files))
const commandsOf = (plan: Plan) => ('commands' in plan ? plan.commands : [])

function isInstalled(files: Readonly<Record<string, string>>): boolean {
  return commandsOf(build(project(files), context)).length > 0
}

test('a project is installed where it says how', () => {
  expect(isInstalled({ 'setup.py': '' })).toBe(true)
  expect(isInstalled({ 'pyproject.toml': '[project]\nname = "x"\n' })).toBe(true)
  expect(isInstalled({ 'pyproject.toml': '[build-system]\nrequires = []\n' })).toBe(true)
})

test('a folder without a project, or with the configuration of tools, is not installed', () => {
  expect(isInstalled({ 'main.py': '' })).toBe(false)
  expect(isInstalled({ 'pyproject.toml': '[tool.black]\nline-length = 88\n' })).toBe(false)
})

test('main.py is executed, and nothing else', () => {
  const plan = execute(project({ 'main.py': '', 'other.py': '' }), context)
  expect(commandsOf(plan)).toEqual([{ argv: [PYTHON, 'main.py'] }])
  expect(execute(project({ 'other.py': '' }), context)).toEqual({
    impossible: expect.stringMatching(/main\.py/),
  })
})

describeWith([programThere(PYTHON)], 'clean', () => {
  const MADE = {
    'build/lib/made.py': '',
    'dist/made.whl': '',
    'made.egg-info/PKG-INFO': '',
    '__pycache__/main.pyc': '',
    'package/__init__.py': '',
    'package/__pycache__/made.pyc': '',
  }

  function cleaned(files: Readonly<Record<string, string>>): string[] {
    const folder = project(files)
    for (const { argv } of commandsOf(clean(folder, context))) {
      const { status, stderr } = spawnSync(argv[0], argv.slice(1), { cwd: folder.path, encoding: 'utf8' })
      expect([status, stderr]).toEqual([0, ''])
    }
    return readdirSync(folder.path, { recursive: true }).map(String).sort()
  }

  test('what a project has built is removed', () => {
    expect(cleaned({ ...MADE, 'setup.py': '' })).toEqual(['package', 'package/__init__.py', 'setup.py'])
  })

  test('without a project only compiled files are removed: build/ and dist/ may be data', () => {
    const left = cleaned({ ...MADE, 'main.py': '', 'data/__pycache__/kept': '' })
    expect(left).toEqual(
      expect.arrayContaining(['build', 'dist', 'main.py', 'made.egg-info', 'data/__pycache__']),
    )
    expect(left).not.toContain('__pycache__')
    expect(left).not.toContain('package/__pycache__')
  })
})
