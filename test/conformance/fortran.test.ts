import fortran from '../samples/fortran.ts'
import { describeConformance } from './suite.ts'

const lacks = ['make']

describeConformance(fortran, { name: 'gfortran', executable: '/usr/bin/gfortran' })
describeConformance(fortran, {
  name: 'gfortran 10',
  container: 'bullseye',
  executable: '/usr/bin/gfortran',
  lacks,
})
describeConformance(fortran, { name: 'gfortran 14', root: 'trixie', executable: '/usr/bin/gfortran', lacks })
