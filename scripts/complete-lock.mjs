/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out because the registry
 * at hand does not serve them; `npm ci` refuses a lock without them. Run it after each `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PATH = join(import.meta.dirname, '..', 'package-lock.json')
const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

const lock = JSON.parse(readFileSync(PATH, 'utf8'))
for (const parent of Object.values(lock.packages))
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {}))
    lock.packages[`node_modules/${name}`] ??= entryOf(name, version, parent)
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
)
writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`)

/** By its name such a package says for which platform it is: `@oxc-parser/binding-linux-arm-musleabihf`. */
function entryOf(name, version, parent) {
  const words = name.split(/[/-]/)
  const os = OS.filter((word) => words.includes(word))
  const cpu = CPU.filter((word) => words.includes(word))
  const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {}
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name} does not say for which platform it is`)
  return { version, cpu, ...(parent.dev && { dev: true }), ...libc, optional: true, os }
}
