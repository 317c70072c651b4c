/** Of other releases: containers/c.test.ts. */
import c from '../samples/c.ts'
import { describeConformance } from './suite.ts'

describeConformance(c, { name: 'gcc', executable: '/usr/bin/gcc' })
describeConformance(c, { name: 'clang', executable: '/usr/bin/clang' })
describeConformance(c, { name: 'gcc for musl', executable: '/usr/bin/musl-gcc' })
