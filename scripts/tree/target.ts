/** What a tree of one architecture has of names and places. */
import { join } from 'node:path'
import { foreignParts } from './foreign.ts'

export type Arch = 'x64' | 'arm64'

export interface Target {
  readonly arch: Arch
  /** As Debian calls the architecture, and the folder of its libraries. */
  readonly debian: string
  readonly triplet: string
  /** Of C's library; native/launcher/launcher.c starts it by this name. */
  readonly loader: string
  /** An ELF file's own number of its machine. */
  readonly machine: number
  /** Where its C library and programs are: this machine's own, or files of packages. */
  readonly system: string
  /** Its Node, a folder as npm has it. */
  readonly node: string
  /** Its products of `native/`. */
  readonly native: string
  /** The folder of Go's driver. */
  readonly golang: string
}

const FACTS = {
  x64: { debian: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2', machine: 62 },
  arm64: { debian: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1', machine: 183 },
} as const

/** Of this machine's architecture, or with parts fetched and compiled for another. */
export async function targetOf(root: string, arch: Arch): Promise<Target> {
  if (arch !== process.arch)
    return { arch, ...FACTS[arch], ...(await foreignParts(root, arch, FACTS[arch].debian)) }
  const [dist, node] = [join(root, 'dist'), join(root, 'node_modules', `node-linux-${arch}`)]
  return {
    arch,
    ...FACTS[arch],
    system: '/',
    node,
    native: join(dist, 'native'),
    golang: join(dist, 'golang'),
  }
}
