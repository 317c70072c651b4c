/**
 * Installs what the tests need of the machine: Debian's packages, and root file systems and languages of other releases.
 * Only what is missing, and only as root on Debian; elsewhere the tests skip what is not there, and say so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { makeRoot } from '../test/toolchain/make-root.ts'
import { makeMuslNode, muslNodeFolder } from '../test/toolchain/musl-nodejs.ts'
import { makeNode, NODE_NAMES, nodeProgram } from '../test/toolchain/nodejs.ts'
import { PACKAGES } from '../test/toolchain/packages.ts'
import { ROOT_NAMES, rootFolder } from '../test/toolchain/roots.ts'
import { makeScala, SCALA_NAMES, scalaProgram } from '../test/toolchain/scala.ts'

const missing = missingPackages()
// Anybody can have these.
for (const name of NODE_NAMES) if (!existsSync(nodeProgram(name))) makeNode(name)
if (canInstall()) {
  installPackages(missing)
  if (!existsSync(muslNodeFolder())) makeMuslNode()
  for (const name of ROOT_NAMES) if (!existsSync(rootFolder(name))) makeRoot(name)
  for (const name of SCALA_NAMES) if (!existsSync(scalaProgram(name))) makeScala(name)
} else if (missing.length > 0) {
  console.log(`not installed, as only root on Debian can: ${missing.join(', ')}`)
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function missingPackages(): string[] {
  const names = PACKAGES.filter(({ program }) => !isInPath(program)).map(({ name }) => name)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const query = ['-W', '-f=${db:Status-Abbrev}${Package}\n', ...names]
  const { stdout } = spawnSync('dpkg-query', query, { encoding: 'utf8' })
  const installed = new Set((stdout ?? '').split('\n').map((line) => line.replace(/^ii /, '')))
  return names.filter((name) => !installed.has(name))
}

function isInPath(program: string | undefined): boolean {
  const folders = (process.env.PATH ?? '').split(':')
  return program !== undefined && folders.some((folder) => existsSync(`${folder}/${program}`))
}

/** The machine's list of packages may be absent or too old: then it is fetched, and tried again. */
function installPackages(names: string[]): void {
  if (names.length === 0) return
  console.log(`installing ${names.join(', ')}`)
  const install = ['install', '-y', '--no-install-recommends', ...names]
  if (!aptGet(install) && aptGet(['update'])) aptGet(install)
}

function aptGet(args: string[]): boolean {
  const { status, error, stderr } = spawnSync('apt-get', ['-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const why = error?.message ?? stderr.trim().split('\n').at(-1)
  if (status !== 0) console.log(`apt-get ${args[0]} failed: ${why}`)
  return status === 0
}
