/**
 * Makes `node_modules` what package-lock.json says, on a fresh clone or after a change of the lock. Plain
 * JavaScript, for whatever Node the machine has.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const BIN = join(ROOT, 'node_modules', '.bin')

/** Our own Node, not the machine's. */
export const NODE = join(BIN, 'node')

/** With our Node first in PATH. */
export const ENV = { ...process.env, PATH: `${BIN}:${process.env.PATH}` }

export function installDependencies() {
  if (isInstalled()) return
  console.error('Installing what package-lock.json names ...')
  // Warnings are about the machine's Node, with which nothing of ours runs.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', ['ci', ...quiet], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** npm leaves a list of what it installed; packages of other platforms are not in it. */
function isInstalled() {
  const installed = packagesOf(join(ROOT, 'node_modules', '.package-lock.json'))
  const wanted = packagesOf(join(ROOT, 'package-lock.json'))
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) =>
    path === '' || !installed[path]
      ? path === '' || optional || devOptional
      : installed[path].version === version,
  )
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}
