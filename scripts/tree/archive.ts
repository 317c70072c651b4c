/** The tree as one file. Equal trees are equal files: order, times and owners are ours. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants, zstdCompressSync } from 'node:zlib'

const SAME_EACH_TIME = '--sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=gnu'.split(' ')
/** The highest one makes it a tenth smaller, and takes ten times as long. */
const LEVEL = 12
const MIB = 2 ** 20

/** Returns its size. All of it is compressed at once: piece by piece, the outcome would depend on how large the pieces are. */
export function pack(folder: string, file: string): string {
  const tar = execFileSync('tar', [...SAME_EACH_TIME, '-C', folder, '-c', 'opt'], { maxBuffer: 1024 * MIB })
  const packed = zstdCompressSync(tar, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })
  writeFileSync(file, packed)
  return (packed.length / MIB).toFixed(1)
}
