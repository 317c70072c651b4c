/** V8's code of the daemon, so that a start does not compile it: `app/krunner.cache`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Target } from './target.ts'

/** Without it V8 chooses numbers of its own for its tables, and no two caches are equal. */
const SAME_EACH_TIME = '--random-seed=1'

/** Says why there is none. */
export function warmUp({ arch }: Target, home: string): string[] {
  if (arch !== process.arch)
    return [`opt/backend.ai/app/krunner.cache: only Node on ${arch} can make it; the daemon starts slower`]
  const folder = mkdtempSync(join(tmpdir(), 'krunner-warm-'))
  const warm = join(import.meta.dirname, 'warm.cjs')
  const { status, stderr } = spawnSync(
    join(home, 'bin/node'),
    [SAME_EACH_TIME, warm, join(home, 'app'), folder],
    { cwd: folder, env: {}, encoding: 'utf8' },
  )
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(`the tree's daemon does not start: ${stderr}`)
  return []
}
