/** What is wrong with an image, before an agent finds out. */
import type { DescribedImage, Finding, Severity } from '../described.ts'
import { parseLabels } from '../labels.ts'
import { endpointRules } from './endpoints.ts'
import { environmentRules } from './environment.ts'
import type { Examined, Rule, RuntimeFacts } from './examined.ts'
import { featureRules } from './features.ts'
import { formRules, labelRules } from './names.ts'
import { policyRules } from './policy.ts'
import { portRules } from './ports.ts'
import { requiredRules } from './required.ts'
import { resourceRules } from './resources.ts'
import { runtimeRules } from './runtime.ts'
import { serviceRules } from './services.ts'

const RULES: readonly Rule[] = [
  formRules,
  labelRules,
  requiredRules,
  runtimeRules,
  featureRules,
  resourceRules,
  portRules,
  endpointRules,
  serviceRules,
  policyRules,
  environmentRules,
]

/** Characters of a sentence. */
const LONGEST = 600

const ORDER: readonly Severity[] = ['error', 'warning', 'note']

/** In the order of the file, and of gravity within a line. */
export function lintImage(image: DescribedImage, runtimes: readonly RuntimeFacts[]): Finding[] {
  const known = [...image.labels]
    .filter(([, { isKnown }]) => isKnown)
    .map(([name, { value }]) => [name, value])
  const { labels, problems } = parseLabels(Object.fromEntries(known))
  const type = labels.runtimeType ?? 'app'
  const runtime = runtimes.find(({ name, aliases }) => name === type || aliases.includes(type))
  const examined: Examined = { image, labels, problems, runtimes, runtime }
  return [...image.findings, ...RULES.flatMap((rule) => rule(examined))].map(readable).sort(inOrder)
}

/** What images say may be long, and have what a terminal would obey. */
function readable(finding: Finding): Finding {
  return { ...finding, what: readableText(finding.what), mend: readableText(finding.mend) }
}

function readableText(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
  return short.replace(/\p{Cc}/gu, (mark) => JSON.stringify(mark).slice(1, -1))
}

function inOrder(one: Finding, other: Finding): number {
  return (
    one.place.file.localeCompare(other.place.file) ||
    (one.place.line ?? 0) - (other.place.line ?? 0) ||
    ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity)
  )
}
