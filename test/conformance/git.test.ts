import { BASH, shellSamples } from '../samples/git.ts'
import { describeConformance } from './suite.ts'

const dash = shellSamples({ language: /dash/, syntaxError: 2, unsetVariable: 2, line3: /: 3: / })
// An interrupt that meets malloc of glibc blocks it for ever: it leaves the handler by a jump. musl has no such lock.
const busybox = shellSamples({
  loops: 'sleep 1',
  language: /busybox/,
  syntaxError: 2,
  unsetVariable: 2,
  line3: /line 3: /,
})
const zsh = shellSamples({ language: /zsh \d/, syntaxError: 126, unsetVariable: 126, line3: /:3: / })
const bash = shellSamples(BASH)

describeConformance(bash, { name: 'bash', executable: '/usr/bin/bash' })
describeConformance(dash, { name: 'dash', executable: '/usr/bin/dash' })
describeConformance(busybox, { name: 'ash of busybox', executable: '/usr/bin/busybox' })
describeConformance(zsh, { name: 'zsh', executable: '/usr/bin/zsh' })
describeConformance(bash, { name: 'bash 5.1, in bullseye', container: 'bullseye', lacks: ['git'] })
describeConformance(bash, { name: 'bash 5.2.37, in trixie', root: 'trixie', lacks: ['git'] })
