import scheme from '../samples/scheme.ts'
import { describeConformance } from './suite.ts'

describeConformance(scheme, { name: 'Guile 3.0', executable: '/usr/bin/guile-3.0' })
describeConformance(scheme, { name: 'Guile 2.2', executable: '/usr/bin/guile-2.2' })
