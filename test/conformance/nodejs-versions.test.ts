import nodejs from '../samples/nodejs.ts'
import { withoutAwait } from '../samples/nodejs-old.ts'
import { NODE_NAMES, type NodeName, nodeProgram } from '../toolchain/nodejs.ts'
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
