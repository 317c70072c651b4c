import { DRIVER } from '../../runtimes/golang/driver-path.ts'
import golang from '../samples/golang.ts'
import { describeWith, programThere } from '../toolchain/requirement.ts'
import { describeConformance } from './suite.ts'

describeWith([programThere(DRIVER)], 'Go', () => describeConformance(golang, { name: 'this machine’s Go' }))
