/** The licences of all that is in the tree: `opt/backend.ai/licenses`, a folder each. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Target } from './target.ts'

const IS_LICENCE = /^(?:licen[cs]e|copying|notice)(?:[._-].*)?$/i

/** `node_modules/@scope/name/...` to `@scope/name`. */
export function packagesOf(inputs: readonly string[]): string[] {
  const names = inputs.map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}

/** Throws where a package has no text of its licence. */
export function copyPackageLicences(
  root: string,
  target: Target,
  packages: readonly string[],
  licences: string,
): void {
  const npm = packages.map((name) => [name, join(root, 'node_modules', name)] as const)
  for (const [name, from] of [...npm, ['node', target.node] as const]) {
    const texts = readdirSync(from).filter((file) => IS_LICENCE.test(file))
    if (texts.length === 0) throw new Error(`the npm package ${name} has no text of its licence`)
    const to = folder(licences, 'npm', name)
    for (const text of texts) copyFileSync(join(from, text), join(to, text))
  }
}

/** What Debian says of each package that one of these files is from, and the texts that this refers to. */
export function copyDebianLicences(target: Target, files: readonly string[], licences: string): void {
  const packages = new Set(
    target.system === '/' ? files.map((file) => packageOf(target, file)) : allPackages(target),
  )
  for (const name of packages) {
    const copyright = join(target.system, 'usr/share/doc', name, 'copyright')
    const text = readFileSync(copyright, 'utf8')
    writeFileSync(join(folder(licences, 'debian', name), 'copyright'), text)
    for (const [common = ''] of text.matchAll(/\/usr\/share\/common-licenses\/[\w.-]*\w/g))
      if (existsSync(common)) copyFileSync(common, join(folder(licences, 'common'), basename(common)))
  }
}

/** The build of Go's driver knows where they are. */
export function moveGoLicences(driver: string, licences: string): void {
  if (existsSync(join(driver, 'licenses'))) renameSync(join(driver, 'licenses'), join(licences, 'golang'))
}

/** Where only the files of some packages are, all of these are meant. */
function allPackages({ system }: Target): string[] {
  return readdirSync(join(system, 'usr/share/doc')).filter((name) =>
    existsSync(join(system, 'usr/share/doc', name, 'copyright')),
  )
}

function packageOf({ system }: Target, file: string): string {
  const place = join('/', relative(system, file))
  // Its list may know the file by where it was before all programs moved to /usr.
  const places = [place, place.replace(/^\/usr\//, '/'), join('/usr', place)]
  for (const path of places) {
    const { stdout } = spawnSync('dpkg-query', ['--admindir', join(system, 'var/lib/dpkg'), '-S', path], {
      encoding: 'utf8',
    })
    const name = /^([^:,\s]+)/.exec(stdout ?? '')?.[1]
    if (name) return name
  }
  throw new Error(`no package of Debian has ${place}: the tree can be built on Debian alone`)
}

function folder(...parts: readonly string[]): string {
  const path = join(...(parts as [string, ...string[]]))
  mkdirSync(path, { recursive: true })
  return path
}
