import julia from '../../samples/julia.ts'
import { describeConformance } from '../suite.ts'

describeConformance(julia, {
  name: 'Julia 1.5 in the jail',
  root: 'bullseye',
  executable: '/usr/bin/julia',
  isJailed: true,
})
