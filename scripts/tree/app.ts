/** The daemon as one minified file, and the files that it reads beside it: `opt/backend.ai/app`. */
import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { packagesOf } from './licences.ts'
import type { Target } from './target.ts'

/** Of the built `dist/`, what the daemon does not read as it is, or is of one architecture. */
const LEFT_OUT = ['cache', 'chunks', 'golang', 'native', 'types']

/** What is in these from npm. */
const READY_MADE = ['@xterm/addon-fit', '@xterm/addon-unicode11', '@xterm/xterm', 'acorn']

/** The client's addon, of which every Node since 18 takes the same. */
const ZEROMQ = 'node_modules/zeromq/build/linux'

/** One function, of what a module of Node has around it; `entry.cjs` calls it. */
const HEAD = '(function(exports,require,module,__filename,__dirname,__url){'
const TAIL = '\n})'

/** Resolves with the npm packages that are in it, by their folders under `node_modules`. */
export async function buildApp(root: string, { arch, golang }: Target, app: string): Promise<string[]> {
  const inputs = [
    ...(await bundle(root, join(app, 'krunner.js'), 'src/cli/main.ts', { js: HEAD }, { js: TAIL })),
    ...(await bundle(root, join(app, 'entry.cjs'), 'src/cli/tree-entry.ts')),
  ]
  mkdirSync(join(app, 'native'))
  if (existsSync(golang)) cpSync(golang, join(app, 'golang'), { recursive: true })
  for (const part of partsOf(join(root, 'dist')))
    cpSync(join(root, 'dist', part), join(app, part), {
      recursive: true,
      filter: (file) => !(file.includes('/runtimes/') && basename(file) === 'runtime.js'),
    })
  copyFileSync(join(root, ZEROMQ, arch, 'node/glibc-127-Release/addon.node'), join(app, 'native/zeromq.node'))
  return [...packagesOf(inputs), ...READY_MADE].sort()
}

function partsOf(dist: string): string[] {
  return readdirSync(dist, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !LEFT_OUT.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('krunner-linux'))
}

async function bundle(
  root: string,
  outfile: string,
  entry: string,
  banner: { js?: string } = {},
  footer: { js?: string } = {},
): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    banner,
    footer,
    bundle: true,
    metafile: true,
    minify: true,
    legalComments: 'none',
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // Modules that are imported when they are wanted stay so, without a loader of modules.
    supported: { 'dynamic-import': false },
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': '__url',
    },
    external: ['msgpackr-extract'],
    plugins: [runtimesInside(root), addonBeside],
    logLevel: 'warning',
  })
  return Object.keys(metafile.inputs)
}

/** What is one file has no folders to look into. */
function runtimesInside(root: string): Plugin {
  const names = globSync('runtimes/*/runtime.ts', { cwd: root })
    .map((file) => basename(dirname(file)))
    .sort()
  const table = names.map((name) => `${name}: () => import('./runtimes/${name}/runtime.ts')`)
  const contents = [
    `const modules = { ${table.join(', ')} }`,
    'export const runtimeNames = () => Object.keys(modules)',
    'export const importRuntime = (name) => modules[name]()',
  ].join('\n')
  return {
    name: 'runtimes inside',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\/src\/runtime\/modules\.ts$/ }, () => ({ contents, resolveDir: root })),
  }
}

/** The client's ZeroMQ looks for its addon in many places; here it is in one. */
const addonBeside: Plugin = {
  name: 'addon beside',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/zeromq\/lib\/load-addon\.js$/ }, () => ({
      contents: "exports.__esModule = true; exports.default = require(__dirname + '/native/zeromq.node')",
    })),
}
