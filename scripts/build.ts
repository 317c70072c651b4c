/** `npm run build`: sources to `dist/`, which needs nothing of the source tree but node_modules. */
import { cpSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { execa } from 'execa'
import { lockBuild } from './build-lock.ts'
import { buildGoDriver } from './golang.ts'
import { buildJvmDrivers } from './jvm.ts'
import { buildNative } from './native.ts'
import { buildTerminalPage } from './terminal-page.ts'

const ROOT = join(import.meta.dirname, '..')
/** Built aside and then put in place, so that a runner never meets half a tree. */
const DIST = join(ROOT, 'dist.new')

await lockBuild(join(ROOT, 'dist.lock'))
rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST, { recursive: true })
await Promise.all([
  bundle(),
  buildTerminalPage(ROOT, join(DIST, 'terminal')),
  buildNative(ROOT, join(DIST, 'native')),
  buildJvmDrivers(ROOT, join(DIST, 'jvm')),
  buildGoDriver(ROOT, join(DIST, 'golang')),
  declareTypes(),
])
copyRuntimeFiles()
rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
renameSync(DIST, join(ROOT, 'dist'))
await warmCompileCache()

async function bundle(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [
      { in: 'src/cli/entry.ts', out: 'entry' },
      { in: 'src/client/index.ts', out: 'client' },
      ...globSync('runtimes/*/runtime.ts', { cwd: ROOT }).map((file) => ({
        in: file,
        out: file.slice(0, -3),
      })),
    ],
    outdir: DIST,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    external: ['zeromq', 'msgpackr-extract'],
    // CommonJS packages in the bundle still call require() for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
}

/** Drivers and whatever else a language's folder has, and the jail's policies. */
function copyRuntimeFiles(): void {
  cpSync(join(ROOT, 'policies'), join(DIST, 'policies'), { recursive: true })
  const isSource = (file: string) => file.endsWith('.ts') || file.includes('__pycache__')
  cpSync(join(ROOT, 'runtimes'), join(DIST, 'runtimes'), {
    recursive: true,
    filter: (file) => !isSource(file),
  })
  mkdirSync(join(DIST, 'runtimes', 'nodejs'), { recursive: true })
  cpSync(join(ROOT, 'node_modules/acorn/dist/acorn.js'), join(DIST, 'runtimes/nodejs/acorn.cjs'))
}

/** The client's declarations, for who imports the package. */
async function declareTypes(): Promise<void> {
  await execa('tsc', ['--project', join(ROOT, 'tsconfig.client.json'), '--outDir', join(DIST, 'types')], {
    preferLocal: true,
    localDir: ROOT,
    stdio: 'inherit',
  })
}

/** One run that loads what `serve` loads, so that V8's compiled code lies beside the bundle. */
async function warmCompileCache(): Promise<void> {
  await execa(join(ROOT, 'bin/krunner'), ['serve', '--help'], { stdout: 'ignore' })
}
