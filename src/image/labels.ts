/** The labels of an image: a record of texts to what they say, and back. */
import { LABELS, type LabelEntry, type LabelField, PREFIX } from './catalogue.ts'
import type { Form } from './forms.ts'
import { type Amounts, BOUNDS, type Bound, findSlot } from './resources.ts'

type ValueOf<Entry> = Entry extends LabelEntry<infer Value> ? Value : never

type Named = { readonly [Field in LabelField]?: ValueOf<(typeof LABELS)[Field]> }

/** What is missing was not said. */
export interface ImageLabels extends Named {
  /** `ai.backend.resource.min.*`, and so on: bytes where the slot is memory. */
  readonly resources: Readonly<Record<Bound, Amounts>>
  /** All other labels, as they were. */
  readonly other: Readonly<Record<string, string>>
}

export interface LabelProblem {
  /** The label's whole name. */
  readonly label: string
  readonly severity: 'error' | 'warning'
  /** What was found. */
  readonly what: string
  readonly mend: string
}

export interface ParsedLabels {
  readonly labels: ImageLabels
  /** Of the form of values; what contradicts each other is for `lint`. */
  readonly problems: readonly LabelProblem[]
}

/** Of one label: who has read these has understood. */
const MOST_COMPLAINTS = 10

const FIELDS = Object.entries(LABELS) as unknown as [LabelField, LabelEntry<unknown>][]
const BY_NAME = new Map(FIELDS.map(([field, { name, form }]) => [name, { field, form }]))
const RESOURCE = new RegExp(`^${PREFIX.replaceAll('.', '\\.')}resource\\.(${BOUNDS.join('|')})\\.(.+)$`)

/** A label whose value cannot be read is told of, and left out. */
export function parseLabels(record: Readonly<Record<string, string>>): ParsedLabels {
  const problems: LabelProblem[] = []
  const named: Partial<Record<LabelField, unknown>> = {}
  const resources: Record<Bound, Record<string, number>> = { min: {}, max: {}, preferred: {} }
  const other: Record<string, string> = {}
  for (const [name, text] of Object.entries(record)) {
    const entry = BY_NAME.get(name)
    const resource = resourceOf(name)
    if (entry) keep(named, entry.field, read(name, text, entry.form, problems))
    else if (resource)
      keep(resources[resource.bound], resource.slot, read(name, text, resource.form, problems))
    else keep(other, name, text)
  }
  return { labels: { ...(named as Named), resources, other }, problems }
}

/** What `parseLabels` reads as the same again. */
export function formatLabels(labels: ImageLabels): Record<string, string> {
  const record: Record<string, string> = {}
  for (const [field, { name, form }] of FIELDS) {
    const value = labels[field]
    if (value !== undefined) record[name] = form.write(value)
  }
  for (const bound of BOUNDS)
    for (const [slot, amount] of Object.entries(labels.resources[bound]))
      record[resourceLabel(bound, slot)] = findSlot(slot)?.form.write(amount) ?? String(amount)
  for (const [name, text] of Object.entries(labels.other)) keep(record, name, text)
  return record
}

export function resourceLabel(bound: Bound, slot: string): string {
  return `${PREFIX}resource.${bound}.${slot}`
}

function resourceOf(name: string): { bound: Bound; slot: string; form: Form<number> } | undefined {
  const [, bound, slot = ''] = RESOURCE.exec(name) ?? []
  const found = findSlot(slot)
  return found && { bound: bound as Bound, slot, form: found.form }
}

function read<T>(label: string, text: string, form: Form<T>, problems: LabelProblem[]): T | undefined {
  const { value, complaints } = form.read(text)
  for (const { what, mend, isWarning } of complaints.slice(0, MOST_COMPLAINTS))
    problems.push({ label, severity: isWarning ? 'warning' : 'error', what, mend })
  return value
}

/** A label may be called `__proto__`. */
function keep<T>(into: Partial<Record<string, T>>, name: string, value: T | undefined): void {
  if (value === undefined) return
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
}
