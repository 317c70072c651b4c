import nodejs from '../samples/nodejs.ts'
import { NODE_NAMES, type NodeName, nodeProgram } from '../toolchain/nodejs.ts'
import type { Samples } from './samples.ts'
import { describeConformance } from './suite.ts'

/** What came later; the npm of this machine runs on none of the oldest. */
const LACKS: Partial<Record<NodeName, string[]>> = {
  '6': ['await', 'import()', 'types', 'npm'],
  '8': ['import()', 'types', 'npm'],
  '10': ['import()', 'types', 'npm'],
  '12': ['types', 'npm'],
  '18': ['types'],
  '20': ['types'],
}

for (const name of NODE_NAMES) {
  const lacks = LACKS[name] ?? []
  const samples = lacks.includes('await') ? withoutAwait(nodejs) : nodejs
  describeConformance(samples, { name: `Node.js ${name}`, executable: nodeProgram(name), lacks })
}

/** A program that only waits is all that sleeps there. */
function withoutAwait(samples: Samples): Samples {
  const { query } = samples
  if (!query) return samples
  const sleep = {
    ...query.interrupt.sleep,
    code: "require('child_process').spawnSync('sh', ['-c', 'echo begun; exec sleep 600'], { stdio: 'inherit' })",
  }
  return { ...samples, query: { ...query, interrupt: { ...query.interrupt, sleep } } }
}
