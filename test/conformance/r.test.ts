import r from '../samples/r.ts'
import { describeConformance } from './suite.ts'

describeConformance(r, { name: 'R of this machine', executable: '/usr/bin/R' })
describeConformance(r, { name: 'R 4.0', container: 'bullseye', executable: '/usr/bin/R' })
describeConformance(r, { name: 'R 4.5', root: 'trixie', executable: '/usr/bin/R' })
