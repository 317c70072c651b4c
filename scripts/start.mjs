/**
 * `npm start`: from a fresh clone to code that runs, with no more than npm and whatever Node the machine
 * has. With a terminal it is the console; without one a demonstration that runs and ends.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ENV, installDependencies, NODE, ROOT } from './install.mjs'

installDependencies()
build()
const runtime = ['python3', 'python'].some(isInPath) ? 'python' : 'nodejs'
const hasTerminal = process.stdin.isTTY && process.stdout.isTTY
const program = hasTerminal
  ? [join(ROOT, 'bin', 'krunner'), 'console']
  : [NODE, join(ROOT, 'scripts', 'demo.ts')]
// Ctrl-C is the console's own matter.
process.on('SIGINT', () => {})
const { status, signal } = run(program, [runtime], 'inherit')
process.exit(signal ? 1 : status)

function build() {
  if (isBuilt()) return
  const { status, output } = run([NODE, join(ROOT, 'scripts', 'build.ts')], [], 'pipe')
  if (status === 0) return
  process.stderr.write(output.filter(Boolean).join(''))
  process.exit(status ?? 1)
}

/** Whether nothing that a build reads is newer than the last one. */
function isBuilt() {
  const built = timeOf(join(ROOT, 'dist', 'entry.js'))
  const isOlder = (path) => timeOf(path) < built
  const filesOf = (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(ROOT, folder, name))
  return (
    ['src', 'runtimes', 'native', 'scripts'].flatMap(filesOf).every(isOlder) &&
    isOlder(join(ROOT, 'package-lock.json'))
  )
}

/** 0 for what is not there. */
function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function run([file, ...first], rest, stdio) {
  const result = spawnSync(file, [...first, ...rest], { cwd: ROOT, env: ENV, stdio, encoding: 'utf8' })
  if (result.error) console.error(`cannot run ${file}: ${result.error.message}`)
  return result
}

function isInPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)))
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
