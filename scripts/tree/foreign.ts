/** What a tree of another architecture needs of that, kept in `.cache/tree/`: nothing of it runs here. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { buildGoDriver } from '../golang.ts'

/** The packages whose programs and libraries are in the tree; they bring all that they depend on. */
const PACKAGES = ['libc6', 'libstdc++6', 'dropbear-bin', 'openssh-sftp-server']

export interface ForeignParts {
  readonly system: string
  readonly node: string
  readonly native: string
  readonly golang: string
}

/** `debian`: the architecture as Debian calls it. Throws what could not be fetched. */
export async function foreignParts(root: string, arch: string, debian: string): Promise<ForeignParts> {
  const kept = join(root, '.cache', 'tree', arch)
  const version = nodeVersion(root)
  const [system, node, golang] = [join(kept, 'system'), join(kept, `node-${version}`), join(kept, 'golang')]
  await once(system, (folder) => fetchSystem(debian, folder))
  await once(node, (folder) => fetchNode(arch, version, folder))
  await buildGoDriver(root, golang, arch)
  return {
    system,
    node: join(node, 'package'),
    native: join(root, 'native', 'prebuilt', `linux-${arch}`),
    golang,
  }
}

/** Made beside its place first, so that a half-made one is never used. */
async function once(folder: string, make: (folder: string) => Promise<unknown>): Promise<void> {
  if (existsSync(folder)) return
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(dirname(folder), { recursive: true })
  try {
    await make(unfinished)
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Files of packages, of this machine's own release; no program of them is run. */
function fetchSystem(debian: string, folder: string) {
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable'
  const options = [
    '--quiet',
    '--variant=extract',
    `--architectures=${debian}`,
    `--include=${PACKAGES.join(',')}`,
  ]
  return execa('mmdebstrap', [...options, release, folder])
}

/** npm installs no package for another processor, and hands it over all the same. */
async function fetchNode(arch: string, version: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { stdout } = await execa('npm', ['pack', '--silent', `node-linux-${arch}@${version}`], {
    cwd: folder,
  })
  await execa('tar', ['-xzf', stdout.trim()], { cwd: folder })
  rmSync(join(folder, stdout.trim()))
}

function nodeVersion(root: string): string {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', `node-linux-${process.arch}`, 'package.json'), 'utf8'),
  )
  return version
}
