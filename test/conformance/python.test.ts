/** CPython 2.7 and 3.13: containers/python.test.ts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import python from '../samples/python.ts'
import { describeConformance } from './suite.ts'

/** Projects are installed here, not into the home folder of whoever tests. */
const userBase = mkdtempSync(join(tmpdir(), 'krunner-test-'))
const env = { PYTHONUSERBASE: userBase }
const LIBRARIES = ['ipython', 'jedi', 'matplotlib', 'pandas', 'pip']

afterAll(() => rmSync(userBase, { recursive: true, force: true }))

describeConformance(python, {
  name: 'CPython of this machine',
  executable: '/usr/bin/python3',
  lacks: ['no ipython'],
  env,
})
describeConformance(python, {
  name: 'CPython 3.9',
  root: 'bullseye',
  executable: '/usr/bin/python3',
  lacks: LIBRARIES,
})
