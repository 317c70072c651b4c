/** `npm run bench`: the benchmark on our own Node, from a fresh clone too. */
import { spawnSync } from 'node:child_process'
import { ENV, installDependencies, NODE, ROOT } from './install.mjs'

installDependencies()
const { status } = spawnSync(NODE, ['test/bench/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  env: ENV,
  stdio: 'inherit',
})
process.exit(status ?? 1)
