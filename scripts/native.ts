import { createHash } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'

interface Product {
  sources: readonly string[]
  output: string
  flags: readonly string[]
}

const NODE_HEADERS = join(dirname(process.execPath), '..', 'include', 'node')

/** Loaded into the image's own programs, whatever their libc. */
const OF_ANY_LIBC =
  '-shared -std=gnu11 -O2 -fPIC -fvisibility=hidden -fno-stack-protector -U_FORTIFY_SOURCE -nostdlib -Wl,-z,now'.split(
    ' ',
  )

/** A program that needs no libc at all. */
const OF_NO_LIBC =
  '-static -std=gnu11 -O2 -ffreestanding -fno-tree-loop-distribute-patterns -fno-stack-protector -U_FORTIFY_SOURCE -nostdlib'.split(
    ' ',
  )

/** Shared by the programs that have no libc. */
const FREESTANDING = 'freestanding.c'

/** Shared with drivers that the image's own compiler makes. */
const TEXT = '../runtimes/compiled/driver/text.c'

/** What the launcher has in Node, with libc. */
const RESTORE = 'launcher/restore.c'

const NATIVE = join(import.meta.dirname, '..', 'native')

const PRODUCTS: readonly Product[] = [
  {
    sources: ['process.c', 'jail-addon.c'],
    output: 'process.node',
    flags: ['-shared', '-fPIC', '-O2', '-fvisibility=hidden', `-I${NODE_HEADERS}`],
  },
  { sources: ['input-hook.c'], output: 'libkrunner-input.so', flags: OF_ANY_LIBC },
  {
    sources: [
      'driver-again.c',
      'driver-control.c',
      'driver-julia.c',
      'driver-octave.c',
      'driver-php.c',
      'driver-php-engine.c',
      'driver-php-input.c',
      'driver-php-interrupts.c',
      'driver-php-names.c',
      'driver-php-stack.c',
      'driver-r.c',
      'driver-system.c',
    ],
    output: 'libkrunner-driver.so',
    flags: OF_ANY_LIBC,
  },
  {
    sources: [FREESTANDING, 'shell-driver.c', 'shell-frames.c', 'shell-process.c', 'shell-text.c'],
    output: 'krunner-shell',
    flags: OF_NO_LIBC,
  },
  {
    sources: [
      FREESTANDING,
      'jail-count.c',
      'jail-launch.c',
      'jail-probe.c',
      'jail-program.c',
      'jail-supervise.c',
      'jail-text.c',
    ],
    output: 'krunner-jail',
    flags: OF_NO_LIBC,
  },
  {
    sources: [
      'ghci-cell.c',
      'ghci-channel.c',
      'ghci-interrupt.c',
      'ghci-items.c',
      'ghci-look.c',
      'ghci-output.c',
      'ghci-session.c',
      'ghci-tokens.c',
      TEXT,
    ],
    output: 'libkrunner-ghci.so',
    flags: [...OF_ANY_LIBC, '-D_GNU_SOURCE'],
  },
  { sources: [FREESTANDING, ...partsOf('entrypoint')], output: 'krunner-entrypoint', flags: OF_NO_LIBC },
  { sources: ['jvm.c'], output: 'libkrunner-jvm.so', flags: OF_ANY_LIBC },
  {
    sources: [FREESTANDING, ...partsOf('launcher').filter((name) => name !== RESTORE)],
    output: 'krunner-launcher',
    // Out of the way of Node, which has one place in memory for itself.
    flags: [...OF_NO_LIBC, '-Wl,-Ttext-segment=0x60000000'],
  },
  { sources: [RESTORE], output: 'libkrunner-restore.so', flags: OF_ANY_LIBC },
  { sources: ['preload.c'], output: 'libbaihook.so', flags: OF_ANY_LIBC },
]

/** Compiles the C sources where a compiler can, and else takes what was compiled from the same sources before. */
export async function buildNative(root: string, folder: string): Promise<void> {
  const compiler = await findCompiler()
  const failure = compiler ? await compileAll(compiler, root, folder) : 'there is no C compiler'
  if (!failure) return
  // Where everything is checked, sources that do not compile must be seen.
  if (compiler && process.env.CI) throw new Error(failure)
  takePrebuilt(root, folder, failure)
}

/** Compiles every one; says why where one fails. */
export async function compileAll(
  compiler: string,
  root: string,
  folder: string,
): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true })
  for (const product of PRODUCTS) {
    const { failed, stderr } = await compile(compiler, root, folder, product)
    if (failed) return `${compiler} does not compile native/${product.sources.join(', ')}: ${stderr}`
  }
  return undefined
}

/** What the compiled libraries are made from, as one digest: `native/prebuilt/SOURCES` holds that of its own. */
export function digestOfSources(root: string): string {
  const folder = join(root, 'native')
  const hash = createHash('sha256')
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[ch]$/.test(file),
  )
  for (const name of [...own.sort(), TEXT]) hash.update(`${name}\n`).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

/** A program that has a folder of its own. */
function partsOf(folder: string): string[] {
  return globSync(`${folder}/*.c`, { cwd: NATIVE }).sort()
}

async function findCompiler(): Promise<string | undefined> {
  for (const name of [process.env.CC, 'cc', 'gcc', 'clang']) {
    if (!name) continue
    const { failed } = await execa(name, ['--version'], { reject: false })
    if (!failed) return name
  }
  return undefined
}

function compile(compiler: string, root: string, folder: string, { sources, output, flags }: Product) {
  const strict = process.env.CI ? ['-Werror'] : []
  const args = ['-s', '-Wall', '-Wextra', ...strict, ...flags]
  // Named from the root: where it is on this machine is nobody's business, and would be in what is compiled.
  const files = sources.map((source) => join('native', source))
  return execa(compiler, [...args, '-o', resolve(folder, output), ...files], { cwd: root, reject: false })
}

function takePrebuilt(root: string, folder: string, why: string): void {
  const prebuilt = join(root, 'native', 'prebuilt', `linux-${process.arch}`)
  if (!existsSync(prebuilt)) throw new Error(`${why}; install gcc or clang, and build again`)
  cpSync(prebuilt, folder, { recursive: true })
}
