import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type RootName, rootFolder } from './roots.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** Seen inside at the same paths as outside. */
const SHARED = ['/proc', '/dev', '/sys', tmpdir(), PROJECT]

/** `exec` all along: the runner's process id is that of the first program. */
const ENTER = `
root=$1; shift
for folder in ${SHARED.map((path) => `'${path}'`).join(' ')}; do
  mkdir -p "$root$folder" && mount --rbind "$folder" "$root$folder" || exit 1
done
exec chroot "$root" "$@"
`

/** The runner as a program of another machine: its own mounts, and nothing of this one's languages. */
export function programInside(root: RootName): [string, ...string[]] {
  const unshare = ['--mount', '--propagation', 'private', 'sh', '-ec', ENTER, 'enter', rootFolder(root)]
  return ['unshare', ...unshare, `${PROJECT}/bin/krunner`]
}
