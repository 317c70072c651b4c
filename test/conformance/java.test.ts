import java from '../samples/java.ts'
import { describeConformance } from './suite.ts'

describeConformance(java, { name: 'JDK 17', executable: '/usr/bin/java' })

for (const version of [21, 25])
  describeConformance(java, {
    name: `JDK ${version}`,
    container: 'sid',
    executable: `/usr/lib/jvm/java-${version}-openjdk-amd64/bin/java`,
  })

describeConformance(java, {
  name: 'JDK 8',
  container: 'sid',
  executable: '/usr/lib/jvm/java-8-openjdk-amd64/bin/java',
  lacks: ['jshell'],
})
