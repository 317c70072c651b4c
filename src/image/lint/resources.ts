/** `ai.backend.resource.*`: amounts that contradict each other, or that nothing can start with. */
import { LABELS } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { resourceLabel } from '../labels.ts'
import { BOUNDS, type Bound, findSlot } from '../resources.ts'
import { formatSize, size } from '../sizes.ts'
import { type Examined, type Rule, tellOf } from './examined.ts'

const MIB = 1024 ** 2
/** In containers with less, a first cell was killed or took many seconds; with as much, it is answered. */
const LEAST = 64 * MIB
const LEAST_FOR: Readonly<Record<string, number>> = {
  haskell: 96 * MIB,
  java: 96 * MIB,
  julia: 192 * MIB,
  scala: 96 * MIB,
}
/** Leaves the user something. */
const COMFORTABLE = 128 * MIB

/** The first may not be more than the second. */
const IN_ORDER: readonly (readonly [Bound, Bound])[] = [
  ['min', 'max'],
  ['min', 'preferred'],
  ['preferred', 'max'],
]

export const resourceRules: Rule = (examined) => [
  ...outOfOrder(examined),
  ...noCore(examined),
  ...withoutUnit(examined),
  ...littleMemory(examined),
  ...withoutAccelerator(examined),
]

function outOfOrder(examined: Examined): Finding[] {
  const { resources } = examined.labels
  return IN_ORDER.flatMap(([less, more]) =>
    Object.entries(resources[less]).flatMap(([slot, amount]) => {
      const other = resources[more][slot]
      return other === undefined || amount <= other ? [] : [contradiction(examined, slot, less, more)]
    }),
  )
}

function contradiction(examined: Examined, slot: string, less: Bound, more: Bound): Finding {
  const { resources } = examined.labels
  const write = (amount = 0) => findSlot(slot)?.form.write(amount) ?? String(amount)
  return tellOf(examined, resourceLabel(less, slot), {
    severity: 'error',
    rule: 'resource-order',
    what: `${resourceLabel(less, slot)} is ${write(resources[less][slot])}, more than ${resourceLabel(more, slot)}, ${write(resources[more][slot])}`,
    mend: 'change one of them',
  })
}

function noCore(examined: Examined): Finding[] {
  if (examined.labels.resources.min.cpu !== 0) return []
  return [
    tellOf(examined, resourceLabel('min', 'cpu'), {
      severity: 'error',
      rule: 'resource-too-small',
      what: 'nothing runs without a core',
      mend: 'write 1, or more',
    }),
  ]
}

/** `64` is 64 bytes, and was hardly meant. */
function withoutUnit(examined: Examined): Finding[] {
  return BOUNDS.flatMap((bound) =>
    Object.entries(examined.labels.resources[bound])
      .filter(([slot, amount]) => findSlot(slot)?.form === size && amount > 0 && amount < MIB)
      .map(([slot, amount]) =>
        tellOf(examined, resourceLabel(bound, slot), {
          severity: 'warning',
          rule: 'resource-unit',
          what: `${resourceLabel(bound, slot)} is ${amount} bytes`,
          mend: `write a unit, such as ${amount < 1024 ? amount : 64}m`,
        }),
      ),
  )
}

function littleMemory(examined: Examined): Finding[] {
  const { mem } = examined.labels.resources.min
  const name = examined.runtime?.name ?? 'app'
  const least = LEAST_FOR[name] ?? LEAST
  if (mem === undefined || mem >= least) return []
  return [
    tellOf(examined, resourceLabel('min', 'mem'), {
      severity: 'error',
      rule: 'resource-too-small',
      what: `${formatSize(mem)} is too little for the runner and ${name} to start in`,
      mend: `write ${formatSize(Math.max(least, COMFORTABLE))}, or more`,
    }),
  ]
}

/** `cuda.device` wants `cuda` among the accelerators: front ends offer it only then. */
function withoutAccelerator(examined: Examined): Finding[] {
  const { labels } = examined
  const listed = labels.accelerators ?? []
  const families = Object.keys(labels.resources.min)
    .filter((slot) => slot.includes('.'))
    .map((slot) => slot.split('.')[0] ?? '')
  return [...new Set(families)]
    .filter((family) => !listed.includes(family) && !listed.includes('*'))
    .map((family) =>
      tellOf(examined, LABELS.accelerators.name, {
        severity: 'warning',
        rule: 'accelerator-missing',
        what: `it needs ${family}, and ${LABELS.accelerators.name} does not name it`,
        mend: `write ${LABELS.accelerators.name}="${[...listed, family].join(',')}"`,
      }),
    )
}
