import scala from '../samples/scala.ts'
import { SCALA_NAMES, scalaProgram } from '../toolchain/scala.ts'
import { describeConformance } from './suite.ts'

describeConformance(scala, { name: 'Scala 2.11', executable: '/usr/bin/scala' })

for (const name of SCALA_NAMES)
  describeConformance(scala, { name: `Scala ${name}`, executable: scalaProgram(name) })
