import c from '../samples/c.ts'
import { describeConformance } from './suite.ts'

const lacks = ['make']

describeConformance(c, { name: 'gcc', executable: '/usr/bin/gcc' })
describeConformance(c, { name: 'clang', executable: '/usr/bin/clang' })
describeConformance(c, { name: 'gcc for musl', executable: '/usr/bin/musl-gcc' })
describeConformance(c, { name: 'gcc 10', root: 'bullseye', executable: '/usr/bin/gcc', lacks })
describeConformance(c, { name: 'gcc 14', root: 'trixie', executable: '/usr/bin/gcc', lacks })
