import php from '../samples/php.ts'
import { describeConformance } from './suite.ts'

describeConformance(php, { name: 'PHP of this machine', executable: '/usr/bin/php' })
describeConformance(php, {
  name: 'PHP 7.4',
  container: 'bullseye',
  executable: '/usr/bin/php',
  lacks: ['PHP 8.2', 'composer'],
})
describeConformance(php, {
  name: 'PHP 8.4',
  root: 'trixie',
  executable: '/usr/bin/php',
  lacks: ['composer'],
})
