import julia from '../samples/julia.ts'
import { describeConformance } from './suite.ts'

describeConformance(julia, { name: 'Julia 1.5', container: 'bullseye', executable: '/usr/bin/julia' })
