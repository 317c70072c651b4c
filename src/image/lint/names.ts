/** Labels that are none of ours, and values that are not of their label's form. */
import { nearest } from '../../nearest.ts'
import { LABELS, PREFIX } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { quote } from '../forms.ts'
import { resourceLabel } from '../labels.ts'
import { BOUNDS, SLOTS } from '../resources.ts'
import { type Examined, type Rule, tellOf } from './examined.ts'

const SUFFIXES = [
  ...Object.values(LABELS).map(({ name }) => name),
  ...SLOTS.flatMap(({ name }) => BOUNDS.map((bound) => resourceLabel(bound, name))),
].map((name) => name.slice(PREFIX.length))

/** Of images from before the labels had a version, and what stands for them now. */
const OLD: Readonly<Record<string, string>> = {
  version: 'kernelspec',
  maxmem: 'resource.max.mem',
  maxcores: 'resource.max.cpu',
  port: 'service-ports',
  'nvidia.enabled': 'accelerators',
  timeout: '',
}

export const formRules: Rule = (examined) =>
  examined.problems.map(({ label, severity, what, mend }) =>
    tellOf(examined, label, { severity, rule: 'label-form', what: `${label}: ${what}`, mend }),
  )

export const labelRules: Rule = (examined) =>
  Object.keys(examined.labels.other).flatMap((label) =>
    label.startsWith(PREFIX) ? unknown(examined, label) : misspelt(examined, label),
  )

function unknown(examined: Examined, label: string): Finding {
  const suffix = label.slice(PREFIX.length)
  if (Object.hasOwn(OLD, suffix)) return old(examined, label, OLD[suffix] ?? '')
  const near = nearest(suffix.slice(0, 100), SUFFIXES) ?? SUFFIXES.find((one) => one.startsWith(`${suffix}-`))
  return tellOf(examined, label, {
    severity: near ? 'error' : 'warning',
    rule: 'label-unknown',
    what: `there is no label ${quote(label)}`,
    mend: near ? `write ${PREFIX}${near}` : 'take it out, or see docs/labels.md for those that there are',
  })
}

function old(examined: Examined, label: string, now: string): Finding {
  return tellOf(examined, label, {
    severity: 'warning',
    rule: 'label-old',
    what: `${label} has no effect any more`,
    mend: now ? `write ${PREFIX}${now}` : 'take it out',
  })
}

/** `ai.backed.role`: ours but for a letter or two. */
function misspelt(examined: Examined, label: string): Finding[] {
  const [first = '', second = '', ...rest] = label.split('.', 20)
  const suffix = rest.join('.')
  const isNear = nearest(`${first}.${second}`.slice(0, 20), ['ai.backend']) !== undefined
  if (!isNear || !SUFFIXES.includes(suffix)) return []
  return [
    tellOf(examined, label, {
      severity: 'error',
      rule: 'label-unknown',
      what: `there is no label ${quote(label)}`,
      mend: `write ${PREFIX}${suffix}`,
    }),
  ]
}
