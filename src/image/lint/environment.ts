/** What an image sets for the runner's sake, or to its harm. */
import type { Finding } from '../described.ts'
import type { Rule } from './examined.ts'

const OF_RUNNER = '/opt/backend.ai'

export const environmentRules: Rule = ({ image, labels }) => {
  const findings: Finding[] = []
  const libraries = image.env.get('LD_LIBRARY_PATH')
  if (libraries?.value.split(':').some((folder) => folder.startsWith(OF_RUNNER)))
    findings.push({
      place: libraries.place,
      severity: 'note',
      rule: 'library-path',
      what: `LD_LIBRARY_PATH has ${OF_RUNNER}, which this runner does not need: it brings its libraries and keeps them to itself`,
      mend: 'take it out where no other runner is mounted',
    })
  const user = image.user
  if (user && !isRoot(user.value) && labels.features?.includes('uid-match'))
    findings.push({
      place: user.place,
      severity: 'warning',
      rule: 'user',
      what: `it starts as user '${user.value}', who cannot take on the ids of the user outside`,
      mend: 'write USER root at its end: the entrypoint gives up those rights itself',
    })
  return findings
}

function isRoot(user: string): boolean {
  return ['', 'root', '0'].includes(user.split(':')[0] ?? '')
}
