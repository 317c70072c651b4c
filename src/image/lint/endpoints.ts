/** What an image that serves a model must say, and what only such an image says. */
import { LABELS } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { type Examined, type Rule, tellOf } from './examined.ts'

const OF_INFERENCE = [LABELS.endpointPorts, LABELS.modelPath, LABELS.modelFormat]

export const endpointRules: Rule = (examined) => [...missing(examined), ...unserved(examined)]

function missing(examined: Examined): Finding[] {
  if (examined.labels.role !== 'INFERENCE') return []
  const absent = OF_INFERENCE.filter(({ name }) => !examined.image.labels.has(name))
  const empty = examined.labels.endpointPorts?.length === 0 ? [LABELS.endpointPorts] : []
  return [...absent, ...empty].map(({ name, example }) =>
    tellOf(examined, name, {
      severity: 'error',
      rule: 'inference-label',
      what: `the role is INFERENCE, and ${name} names nothing`,
      mend: `add LABEL ${name}=${example}`,
    }),
  )
}

function unserved(examined: Examined): Finding[] {
  const { endpointPorts = [], servicePorts = [] } = examined.labels
  return endpointPorts.flatMap((endpoint) => {
    const service = servicePorts.find(({ name }) => name === endpoint)
    if (service?.protocol === 'preopen') return []
    const what = service
      ? `the endpoint '${endpoint}' is a service of protocol ${service.protocol}`
      : `the endpoint '${endpoint}' is none of the services`
    const mend = `write ${endpoint}:preopen:${service?.ports[0] ?? 8000} in ${LABELS.servicePorts.name}`
    return [
      tellOf(examined, LABELS.endpointPorts.name, {
        severity: 'error',
        rule: 'endpoint-unserved',
        what,
        mend,
      }),
    ]
  })
}
