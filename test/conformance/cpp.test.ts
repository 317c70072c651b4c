import cpp from '../samples/cpp.ts'
import { describeConformance } from './suite.ts'

const lacks = ['make']

describeConformance(cpp, { name: 'g++', executable: '/usr/bin/g++' })
describeConformance(cpp, { name: 'clang++', executable: '/usr/bin/clang++' })
describeConformance(cpp, { name: 'g++ 10', container: 'bullseye', executable: '/usr/bin/g++', lacks })
describeConformance(cpp, { name: 'g++ 14', root: 'trixie', executable: '/usr/bin/g++', lacks })
