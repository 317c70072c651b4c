/** `ai.backend.features`: promises that the runtime must keep. */
import { nearest } from '../../nearest.ts'
import { LABELS } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { FEATURES, type Feature, isFeature } from '../features.ts'
import { quote } from '../forms.ts'
import { type Examined, type Rule, type RuntimeFacts, tellOf } from './examined.ts'

/** Those that depend on the language. */
const NEEDS: Partial<Record<Feature, (runtime: RuntimeFacts) => boolean>> = {
  batch: ({ batch }) => batch,
  query: ({ query }) => query,
  'user-input': ({ input }) => input,
}

export const featureRules: Rule = (examined) => {
  const { features } = examined.labels
  if (!features) return []
  const all = [...new Set(features)]
  return [
    ...all.flatMap((feature) =>
      isFeature(feature) ? notOffered(examined, feature) : unknown(examined, feature),
    ),
    ...(features.length > all.length ? [doubled(examined, features)] : []),
    ...(features.includes('uid-match') ? [] : [withoutUidMatch(examined)]),
  ]
}

function unknown(examined: Examined, feature: string): Finding {
  const near = nearest(feature.slice(0, 100), FEATURES)
  return tellOf(examined, LABELS.features.name, {
    severity: near ? 'error' : 'warning',
    rule: 'feature-unknown',
    what: `there is no feature ${quote(feature)}`,
    mend: near ? `write ${near}` : `take it out; there are ${FEATURES.join(', ')}`,
  })
}

function notOffered(examined: Examined, feature: Feature): Finding[] {
  const { runtime, runtimes } = examined
  const needs = NEEDS[feature]
  if (!needs || !runtime || needs(runtime)) return []
  const others = runtimes.filter(needs).map(({ name }) => name)
  return [
    tellOf(examined, LABELS.features.name, {
      severity: 'error',
      rule: 'feature-not-offered',
      what: `the runtime ${runtime.name} does not have the feature ${feature}`,
      mend: `take it out, or write one of ${others.join(', ')} as ${LABELS.runtimeType.name}`,
    }),
  ]
}

function doubled(examined: Examined, features: readonly string[]): Finding {
  const twice = features.find((feature, index) => features.indexOf(feature) !== index) ?? ''
  return tellOf(examined, LABELS.features.name, {
    severity: 'warning',
    rule: 'feature-doubled',
    what: `the feature ${quote(twice)} is there twice`,
    mend: 'take one of them out',
  })
}

function withoutUidMatch(examined: Examined): Finding {
  const { features = [] } = examined.labels
  return tellOf(examined, LABELS.features.name, {
    severity: 'error',
    rule: 'feature-missing',
    what: 'the feature uid-match is missing: files would not be those of the user outside',
    mend: `write ${LABELS.features.name}="${[...features.slice(0, 10), 'uid-match'].join(' ')}"`,
  })
}
