import cpp from '../samples/cpp.ts'
import { describeConformance } from './suite.ts'

describeConformance(cpp, { name: 'g++', executable: '/usr/bin/g++' })
describeConformance(cpp, { name: 'clang++', executable: '/usr/bin/clang++' })
