/**
 * Folders of the tree into which an agent mounts its own Python packages, which ours does not read. The tree is mounted
 * read-only before them, so they have to be there: a container would not start.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** By 3.MINOR: the agent takes the version from the runner package that it was installed with. */
const MINORS = [6, 7, 8, 9, 10, 11, 12, 13, 14]
const PACKAGES = ['kernel', 'helpers']

export function makeMountPoints(lib: string): void {
  for (const minor of MINORS)
    for (const name of PACKAGES)
      mkdirSync(join(lib, `python3.${minor}/site-packages/ai/backend`, name), { recursive: true })
}
