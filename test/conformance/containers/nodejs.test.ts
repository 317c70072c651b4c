import nodejs from '../../samples/nodejs.ts'
import { withoutAwait } from '../../samples/nodejs-old.ts'
import { describeConformance } from '../suite.ts'

const executable = '/usr/local/bin/node'

describeConformance(withoutAwait(nodejs), {
  name: 'Node.js 6 in a container of Debian 12',
  container: 'bookworm',
  executable,
  lacks: ['await', 'import()', 'types', 'npm'],
})
describeConformance(nodejs, {
  name: 'Node.js on musl, in a container like Alpine',
  container: 'musl',
  executable,
  lacks: ['npm'],
})
