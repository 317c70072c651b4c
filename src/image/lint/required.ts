/** Labels that an image must have, or had better have. */
import { LABELS, PREFIX } from '../catalogue.ts'
import type { DescribedImage, Finding, Severity } from '../described.ts'
import { resourceLabel } from '../labels.ts'
import { type Examined, placeForLabels, type Rule } from './examined.ts'

interface Wanted {
  readonly label: string
  readonly severity: Severity
  readonly why: string
  readonly example: string
}

const WANTED: readonly Wanted[] = [
  { label: LABELS.kernelspec.name, severity: 'error', why: 'agents take no image without it', example: '1' },
  {
    label: LABELS.features.name,
    severity: 'error',
    why: 'nobody knows what the image can do',
    example: 'batch query uid-match user-input',
  },
  {
    label: resourceLabel('min', 'cpu'),
    severity: 'error',
    why: 'agents do not know how many cores it needs',
    example: '1',
  },
  {
    label: resourceLabel('min', 'mem'),
    severity: 'error',
    why: 'agents do not know how much memory it needs',
    example: '256m',
  },
  {
    label: LABELS.runtimeType.name,
    severity: 'warning',
    why: 'it is then app, services only',
    example: 'python',
  },
  {
    label: LABELS.baseDistro.name,
    severity: 'note',
    why: 'agents that mount another runner choose it by this; ours does not need it',
    example: 'ubuntu22.04',
  },
]

/** Without these no agent takes the image. */
export const REQUIRED = WANTED.filter(({ severity }) => severity === 'error').map(({ label }) => label)

export const requiredRules: Rule = (examined) => {
  const { labels } = examined.image
  if (![...labels.keys()].some((name) => name.startsWith(PREFIX))) return [none(examined)]
  return [...WANTED, ...runtimePath(examined)]
    .filter(({ label }) => !labels.has(label))
    .map((wanted) => missing(examined, wanted))
}

function runtimePath({ runtime }: Examined): Wanted[] {
  const program = runtime?.executables[0]
  if (program === undefined) return []
  return [
    {
      label: LABELS.runtimePath.name,
      severity: 'note',
      why: 'the first that PATH offers is taken',
      example: `/usr/bin/${program}`,
    },
  ]
}

function missing({ image }: Examined, { label, severity, why, example }: Wanted): Finding {
  return {
    place: placeForLabels(image),
    severity,
    rule: 'label-missing',
    what: `${label} is missing: ${why}`,
    mend: `add LABEL ${label}=${example.includes(' ') ? `"${example}"` : example}${ofBase(image)}`,
  }
}

function none({ image }: Examined): Finding {
  return {
    place: placeForLabels(image),
    severity: 'error',
    rule: 'label-missing',
    what: `it has no ${PREFIX}* label, and agents take no image without`,
    mend: `add LABEL ${LABELS.kernelspec.name}=1 and the others of docs/labels.md${ofBase(image)}`,
  }
}

/** The base may have it: what it says is only known where an engine has it. */
function ofBase({ base, isBaseKnown }: DescribedImage): string {
  return base && !isBaseKnown ? `, or pull ${base.value} first where that has it` : ''
}
