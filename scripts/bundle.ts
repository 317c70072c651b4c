/**
 * `npm run bundle`: the tree that is mounted into containers, `dist/krunner-linux-x64/`, and its archive. `--arch arm64` makes that of
 * another architecture; `--folder` makes no archive; `--built` takes `dist/` as it is; `--out` names another folder than `dist/`.
 */
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pack } from './tree/archive.ts'
import { type Arch, targetOf } from './tree/target.ts'
import { makeTree } from './tree/tree.ts'

const ROOT = join(import.meta.dirname, '..')
const ARCHES: readonly string[] = ['x64', 'arm64'] satisfies Arch[]

const { values } = parseArgs({
  options: {
    arch: { type: 'string', default: process.arch },
    folder: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'dist') },
  },
})

if (!ARCHES.includes(values.arch)) throw new Error(`--arch is one of ${ARCHES.join(', ')}`)
if (!values.built) execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' })
const target = await targetOf(ROOT, values.arch as Arch)
const name = `krunner-linux-${target.arch}`
const folder = resolve(values.out, name)
const missing = await makeTree(ROOT, target, folder)
for (const line of missing) console.log(`not in the tree: ${line}`)
console.log(`${folder}/`)
if (!values.folder) console.log(`${folder}.tar.zst: ${pack(folder, `${folder}.tar.zst`)} MiB`)
