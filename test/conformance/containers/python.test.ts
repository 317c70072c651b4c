import python from '../../samples/python.ts'
import { describeConformance } from '../suite.ts'

const LIBRARIES = ['ipython', 'jedi', 'matplotlib', 'pandas', 'pip']

describeConformance(python, {
  name: 'CPython 2.7 in a container of Debian 11',
  container: 'bullseye',
  executable: '/usr/bin/python2.7',
  lacks: [...LIBRARIES, 'python 3', 'await'],
})
describeConformance(python, {
  name: 'CPython 3.13 in a container of Debian 13',
  container: 'trixie',
  executable: '/usr/bin/python3',
  lacks: ['no ipython', 'pip'],
})
