import fortran from '../samples/fortran.ts'
import { describeConformance } from './suite.ts'

describeConformance(fortran, { name: 'gfortran', executable: '/usr/bin/gfortran' })
