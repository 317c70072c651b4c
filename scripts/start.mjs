/**
 * `npm start`: from a fresh clone to code that runs, with no more than npm and whatever Node the machine
 * has. With a terminal it is the console; without one a demonstration that runs and ends.
 */
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isatty } from 'node:tty'
import { ENV, installDependencies, NODE, ROOT } from './install.mjs'

installDependencies()
build()
const runtime = ['python3', 'python'].some(isInPath) ? 'python' : 'nodejs'
const hasTerminal = isatty(0) && isatty(1)
const program = hasTerminal
  ? [join(ROOT, 'bin', 'krunner'), 'console']
  : [NODE, join(ROOT, 'scripts', 'demo.ts')]
const child = spawn(program[0], [...program.slice(1), runtime], { cwd: ROOT, env: ENV, stdio: 'inherit' })
// It ends itself as each of them asks, and we with it. Ctrl-C comes to both from the terminal.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => console.error(`cannot run ${program[0]}: ${error.message}`))
child.on('close', (code) => process.exit(code ?? 1))

function build() {
  if (isBuilt()) return
  const options = { cwd: ROOT, env: ENV, encoding: 'utf8' }
  const { status, output } = spawnSync(NODE, [join(ROOT, 'scripts', 'build.ts')], options)
  if (status === 0) return
  process.stderr.write((output ?? []).join(''))
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
