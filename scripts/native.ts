import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'

interface Library {
  source: string
  output: string
  flags: readonly string[]
}

const NODE_HEADERS = join(dirname(process.execPath), '..', 'include', 'node')

const LIBRARIES: readonly Library[] = [
  { source: 'process.c', output: 'process.node', flags: ['-fPIC', '-O2', `-I${NODE_HEADERS}`] },
  {
    source: 'input-hook.c',
    output: 'libkrunner-input.so',
    flags:
      '-std=gnu11 -O2 -fPIC -fvisibility=hidden -fno-stack-protector -U_FORTIFY_SOURCE -nostdlib -Wl,-z,now'.split(
        ' ',
      ),
  },
]

/** Compiles the C sources where there is a compiler, and else takes what was compiled from the same sources before. */
export async function buildNative(root: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const compiler = await findCompiler()
  for (const library of LIBRARIES) {
    if (compiler) await compile(compiler, root, folder, library)
    else takePrebuilt(root, folder, library)
  }
}

async function findCompiler(): Promise<string | undefined> {
  for (const name of [process.env.CC, 'cc', 'gcc', 'clang']) {
    if (!name) continue
    const { failed } = await execa(name, ['--version'], { reject: false })
    if (!failed) return name
  }
  return undefined
}

async function compile(compiler: string, root: string, folder: string, library: Library): Promise<void> {
  const source = join(root, 'native', library.source)
  const args = [
    '-shared',
    '-s',
    '-Wall',
    '-Wextra',
    '-Werror',
    ...library.flags,
    '-o',
    join(folder, library.output),
    source,
  ]
  await execa(compiler, args, { stdio: 'inherit' })
}

function takePrebuilt(root: string, folder: string, { output }: Library): void {
  const prebuilt = join(root, 'native', 'prebuilt', `linux-${process.arch}`, output)
  if (!existsSync(prebuilt))
    throw new Error(
      `there is no C compiler here, and ${prebuilt} is not there either: install gcc or clang and build again`,
    )
  copyFileSync(prebuilt, join(folder, output))
}
