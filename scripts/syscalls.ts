/**
 * `node scripts/syscalls.ts [INCLUDE]`: writes src/jail/syscalls.json from the kernel's own headers. INCLUDE
 * is the `usr/include` of a Debian with linux-libc-dev 6.11 or newer, which has those of every architecture.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootFolder } from '../test/toolchain/roots.ts'

const TABLE = join(import.meta.dirname, '..', 'src', 'jail', 'syscalls.json')
const DEFINITION = /^#define\s+__NR_(\w+)\s+(?:(\d+)|\(__NR_SYSCALL_BASE\s*\+\s*(\d+)\))$/gm
/** Whose calls old policies name, though a 64-bit program cannot make them. */
const OTHERS = ['i386-linux-gnu/asm/unistd_32.h', 'arm-linux-gnueabihf/asm/unistd-eabi.h']

/** Name to number, as one header defines them. */
export function readHeader(path: string): Record<string, number> {
  const definitions = readFileSync(path, 'utf8').matchAll(DEFINITION)
  return Object.fromEntries([...definitions].map(([, name, plain, based]) => [name, Number(plain ?? based)]))
}

function tableFrom(include: string): object {
  const x86_64 = readHeader(join(include, 'x86_64-linux-gnu/asm/unistd_64.h'))
  const aarch64 = readHeader(join(include, 'aarch64-linux-gnu/asm/unistd_64.h'))
  const others = OTHERS.flatMap((header) => Object.keys(readHeader(join(include, header))))
  const elsewhere = [...new Set(others)].filter((name) => !(name in x86_64) && !(name in aarch64)).sort()
  return { x86_64, aarch64, elsewhere }
}

if (import.meta.main) {
  const include = process.argv[2] ?? join(rootFolder('trixie'), 'usr', 'include')
  writeFileSync(TABLE, `${JSON.stringify(tableFrom(include), undefined, 2)}\n`)
}
