import java from '../../samples/java.ts'
import scala from '../../samples/scala.ts'
import { describeConformance } from '../suite.ts'

describeConformance(java, { name: 'JDK 17 in the jail', executable: '/usr/bin/java', isJailed: true })
describeConformance(scala, {
  name: 'Scala 2.11 in the jail',
  executable: '/usr/bin/scala',
  isJailed: true,
})
