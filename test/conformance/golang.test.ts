import golang from '../samples/golang.ts'
import { describeConformance } from './suite.ts'

describeConformance(golang, { name: 'this machine’s Go' })
