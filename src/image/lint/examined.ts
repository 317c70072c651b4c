/** An image as the rules see it: its labels read, its runtime found, its files at hand. */
import type { DescribedImage, Finding, Place, Severity } from '../described.ts'
import type { ImageLabels, LabelProblem } from '../labels.ts'

/** What a rule wants to know of a language. */
export interface RuntimeFacts {
  readonly name: string
  readonly aliases: readonly string[]
  /** Programs that speak it, by their names. */
  readonly executables: readonly string[]
  /** That need no definition. */
  readonly services: readonly string[]
  readonly batch: boolean
  readonly query: boolean
  /** Programs in it can ask their user. */
  readonly input: boolean
}

export interface Examined {
  readonly image: DescribedImage
  readonly labels: ImageLabels
  readonly problems: readonly LabelProblem[]
  readonly runtimes: readonly RuntimeFacts[]
  /** The one that it has: as labelled, else `app`; undefined where there is none of that name. */
  readonly runtime: RuntimeFacts | undefined
}

export type Rule = (examined: Examined) => readonly Finding[]

interface Told {
  readonly severity: Severity
  readonly rule: string
  readonly what: string
  readonly mend: string
}

/** At the label, or where it would stand. */
export function tellOf({ image }: Examined, label: string, told: Told): Finding {
  return { ...told, place: image.labels.get(label)?.place ?? placeForLabels(image) }
}

/** Where the last of our labels stands, else where the image begins. */
export function placeForLabels({ labels, base, place }: DescribedImage): Place {
  const ours = [...labels].filter(([name]) => name.startsWith('ai.backend.'))
  return ours.at(-1)?.[1].place ?? base?.place ?? place
}
