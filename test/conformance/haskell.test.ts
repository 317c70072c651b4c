import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import haskell from '../samples/haskell.ts'
import { describeConformance } from './suite.ts'

/** Cabal knows no server of packages, and leaves nothing in the home folder of whoever tests. */
const cabal = mkdtempSync(join(tmpdir(), 'krunner-test-'))
const env = { CABAL_DIR: cabal, CABAL_CONFIG: '/dev/null' }

afterAll(() => rmSync(cabal, { recursive: true, force: true }))

describeConformance(haskell, { name: 'GHC of this machine', executable: '/usr/bin/ghci', env })
describeConformance(haskell, {
  name: 'GHC 8.8',
  container: 'bullseye',
  executable: '/usr/bin/ghci',
  lacks: ['cabal'],
})
describeConformance(haskell, {
  name: 'GHC 9.6',
  root: 'trixie',
  executable: '/usr/bin/ghc',
  lacks: ['cabal'],
})
