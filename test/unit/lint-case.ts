/** An image with some labels other than they should be, and what is told of it. */
import { join } from 'node:path'
import type { Finding } from '../../src/image/described.ts'
import { describeDockerfile } from '../../src/image/dockerfile/described.ts'
import { lintImage } from '../../src/image/lint/lint.ts'
import { runtimeFacts } from '../../src/runtime/facts.ts'

const runtimes = await runtimeFacts()

/** An image as it should be. */
const GOOD: Readonly<Record<string, string>> = {
  kernelspec: '1',
  features: 'batch query uid-match user-input',
  'base-distro': 'debian12',
  'runtime-type': 'python',
  'runtime-path': '/usr/bin/python3',
  'resource.min.cpu': '1',
  'resource.min.mem': '256m',
  'service-ports': 'jupyter:http:8080,ipython:pty:3000',
}

const POLICY = 'COPY <<END /etc/backend.ai/jail/policy.yml\ndiff_to_default: true\nEND'

export type Labels = Readonly<Record<string, string | undefined>>

/** "4 error label-form: what; mend", for each. */
export function lint(labels: Labels, more = ''): string[] {
  const said = Object.entries({ ...GOOD, ...labels }).filter(([, value]) => value !== undefined)
  const lines = said.map(([name, value]) => `ai.backend.${name}=${JSON.stringify(value)}`)
  const source = `FROM scratch\nLABEL ${lines.join(' \\\n')}\n${more}\n${POLICY}`
  return lintSource(source).map(
    ({ place, severity, rule, what, mend }) => `${place.line} ${severity} ${rule}: ${what}; ${mend}`,
  )
}

/** Of any Dockerfile. */
export function lintSource(source: string): Finding[] {
  const options = { args: new Map<string, string>(), context: undefined, target: undefined }
  return lintImage(describeDockerfile(join('nowhere', 'Dockerfile'), source, options), runtimes)
}
