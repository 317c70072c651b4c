/** Where the tree is that is mounted into containers. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KrunnerError } from '../../errors.ts'
import { DIST } from '../../tree.ts'

/** Go's names of what Node calls otherwise. */
const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x64', arm64: 'arm64' }

/** The folder with `opt/backend.ai` and `opt/kernel`, for an image of that architecture. Throws NO_TREE. */
export function findTree(asked: string | undefined, architecture: string): string {
  const name = `krunner-linux-${ARCHITECTURES[architecture] ?? process.arch}`
  const places = asked === undefined ? [join(DIST, name), ownTree()] : [resolve(asked)]
  const found = places.find(isTree)
  if (found === undefined) throw KrunnerError.of('NO_TREE', places[0] ?? name)
  // An engine's mount is split at colons.
  if (found.includes(':'))
    throw KrunnerError.of('BAD_OPTION', '--tree', found, 'a path with a colon cannot be mounted')
  return found
}

/** Ours may be the tree itself: then we run from `opt/backend.ai/app`. */
function ownTree(): string {
  return dirname(dirname(dirname(DIST)))
}

function isTree(folder: string): boolean {
  return (
    existsSync(join(folder, 'opt/backend.ai/bin/python')) &&
    existsSync(join(folder, 'opt/kernel/entrypoint.sh'))
  )
}
