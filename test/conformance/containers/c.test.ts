import c from '../../samples/c.ts'
import { describeConformance } from '../suite.ts'

const lacks = ['make']
const executable = '/usr/bin/gcc'

describeConformance(c, {
  name: 'gcc 10 in a container of Debian 11',
  container: 'bullseye',
  executable,
  lacks,
})
describeConformance(c, {
  name: 'gcc 12 in a container of Debian 12',
  container: 'bookworm',
  executable,
  lacks,
})
describeConformance(c, { name: 'gcc 14 in a container of Debian 13', container: 'trixie', executable, lacks })
