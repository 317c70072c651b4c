/** The tree that is mounted into containers, as a folder: `opt/backend.ai` and `opt/kernel`. */
import { copyFileSync, existsSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './app.ts'
import { warmUp } from './compile-cache.ts'
import { pointToSftp } from './dropbear.ts'
import { collectLibraries, STARTED } from './libraries.ts'
import { copyDebianLicences, copyPackageLicences, moveGoLicences } from './licences.ts'
import { normaliseModes } from './modes.ts'
import { makeMountPoints } from './mount-points.ts'
import { strip } from './strip.ts'
import type { Target } from './target.ts'

/** What the launcher starts the daemon as; agents know the first. */
const RUNNER = ['python', 'krunner']
const LAUNCHER = 'krunner-launcher'

/** Products of `native/` that are not for the daemon alone, by their places; all others are in `app/native`. */
const PLACES: Readonly<Record<string, string>> = {
  [LAUNCHER]: 'opt/backend.ai/bin/krunner',
  'libkrunner-restore.so': 'opt/backend.ai/lib/libkrunner-restore.so',
  'krunner-entrypoint': 'opt/kernel/entrypoint.sh',
  'libbaihook.so': 'opt/kernel/libbaihook.so',
}

/** What a build leaves out where this machine cannot make it, and what is lost without it. */
const OPTIONAL: Readonly<Record<string, string>> = {
  'opt/kernel/entrypoint.sh': 'agents cannot start it',
  'opt/backend.ai/app/golang/krunner-golang': 'sessions of Go have no driver',
  'opt/backend.ai/app/jvm/krunner': 'sessions of Java compile their driver at each start',
}

/** Into `folder`, which is emptied before; returns what could not be made, in words. */
export async function makeTree(root: string, target: Target, folder: string): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true })
  const place = (path: string) => makeFolder(folder, 'opt/backend.ai', path)
  const packages = await buildApp(root, target, place('app'))
  placeNative(target, folder)
  makeMountPoints(place('lib'))
  const addons = globSync(join(place('app/native'), '*.node')).sort()
  const files = collectLibraries(target, place('lib'), addons)
  pointToSftp(join(place('lib'), 'dropbear'))
  for (const name of [...RUNNER, ...STARTED])
    copyFileSync(join(target.native, LAUNCHER), join(place('bin'), name))
  copyPackageLicences(root, target, packages, place('licenses'))
  copyDebianLicences(target, files, place('licenses'))
  moveGoLicences(place('app/golang'), place('licenses'))
  const unstripped = strip(target, [join(place('lib'), 'node'), ...addons])
  const cold = warmUp(target, place('.'))
  normaliseModes(folder)
  return [...unstripped, ...missingParts(folder), ...cold]
}

function placeNative({ native }: Target, folder: string): void {
  makeFolder(folder, 'opt/kernel')
  const app = makeFolder(folder, 'opt/backend.ai/app/native')
  makeFolder(folder, 'opt/backend.ai/bin')
  makeFolder(folder, 'opt/backend.ai/lib')
  for (const file of globSync('*', { cwd: native }).sort()) {
    const place = PLACES[file]
    copyFileSync(join(native, file), place ? join(folder, place) : join(app, file))
  }
}

function missingParts(folder: string): string[] {
  return Object.entries(OPTIONAL)
    .filter(([path]) => !existsSync(join(folder, path)))
    .map(([path, loss]) => `${path}: ${loss}`)
}

function makeFolder(...parts: readonly [string, ...string[]]): string {
  const path = join(...parts)
  mkdirSync(path, { recursive: true })
  return path
}
