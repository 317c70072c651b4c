import { shellSamples } from '../../samples/git.ts'
import { describeConformance } from '../suite.ts'

const busybox = shellSamples({
  loops: 'sleep 1',
  language: /busybox/,
  syntaxError: 2,
  unsetVariable: 2,
  line3: /line 3: /,
})

describeConformance(busybox, {
  name: 'ash of busybox, in a container with nothing else',
  container: 'busybox',
  executable: '/bin/sh',
  lacks: ['git'],
})
