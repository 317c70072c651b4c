import java from '../samples/java.ts'
import { describeConformance } from './suite.ts'

describeConformance(java, { name: 'JDK 17', executable: '/usr/bin/java' })
