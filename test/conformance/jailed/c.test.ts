import c from '../../samples/c.ts'
import cpp from '../../samples/cpp.ts'
import fortran from '../../samples/fortran.ts'
import { describeConformance } from '../suite.ts'

describeConformance(c, { name: 'gcc in the jail', executable: '/usr/bin/gcc', isJailed: true })
describeConformance(cpp, { name: 'g++ in the jail', executable: '/usr/bin/g++', isJailed: true })
describeConformance(fortran, {
  name: 'gfortran in the jail',
  executable: '/usr/bin/gfortran',
  isJailed: true,
})
