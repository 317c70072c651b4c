import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestOfSources } from '../../scripts/native.ts'
import { PROJECT } from './source-files.ts'

const PREBUILT = join(PROJECT, 'native', 'prebuilt')

test('what machines without a compiler get is made from the sources as they are (else: npm run prebuild:native)', () => {
  expect(readFileSync(join(PREBUILT, 'SOURCES'), 'utf8').trim()).toBe(digestOfSources(PROJECT))
})

test.each(['linux-x64', 'linux-arm64'])('%s has every library', (platform) => {
  for (const file of ['process.node', 'libkrunner-input.so', 'libkrunner-driver.so'])
    expect(existsSync(join(PREBUILT, platform, file)), file).toBe(true)
})
