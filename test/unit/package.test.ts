import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT } from './source-files.ts'

const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
const { dependencies, devDependencies, optionalDependencies } = manifest
interface Locked {
  optionalDependencies?: Record<string, string>
}

const EXACT = /^\d+\.\d+\.\d+$/

test('every dependency is pinned to one version', () => {
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const loose = all.filter(([, version]) => !EXACT.test(String(version)))
  expect(loose).toEqual([])
})

test('our own Node is the same version on every platform', () => {
  const versions = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-linux-'))
  expect(versions.length).toBeGreaterThanOrEqual(2)
  expect(new Set(versions.map(([, version]) => version)).size).toBe(1)
  expect(`v${versions[0]?.[1]}`).toBe(process.version)
})

test('the lock names the optional packages of every platform, as npm ci demands', () => {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'))
  const wanted = Object.values<Locked>(packages).flatMap((each) =>
    Object.keys(each.optionalDependencies ?? {}),
  )
  const missing = wanted.filter((name) => !packages[`node_modules/${name}`])
  expect(missing, 'run `node scripts/complete-lock.mjs`').toEqual([])
})

test('what the package promises is there after a build', () => {
  const promised = [manifest.bin.krunner, ...Object.values<string>(manifest.exports['.'])]
  expect(promised.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([])
})
