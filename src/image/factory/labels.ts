/** The labels of an image, which tell agents all they need to know of it. */

import { PREFIX } from '../catalogue.ts'
import { formatLabels, parseLabels } from '../labels.ts'
import type { Faults } from './faults.ts'
import type { ImageSpec } from './spec.ts'

type Labelled = Omit<ImageSpec, 'labels'> & {
  readonly resources: Readonly<Record<string, string>>
  readonly corecount: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

/** In the usual order and spelling; what cannot be read is a problem of the release. */
export function labelsOf(image: Labelled, faults: Faults): Record<string, string> {
  const { labels, problems } = parseLabels(saidLabels(image))
  for (const { label, what, mend } of problems)
    faults.add(image.path, `gets the label ${label}, and ${what}: ${mend}`)
  return formatLabels(labels)
}

function saidLabels(image: Labelled): Record<string, string> {
  const said = {
    kernelspec: '1',
    features: image.features.join(' '),
    'base-distro': image.distribution.baseDistro,
    'runtime-type': image.runtimeType,
    'runtime-path': withDefaults(image.runtimePath, image),
    ...Object.fromEntries(
      Object.entries(image.resources).map(([name, amount]) => [resourceLabel(name), amount]),
    ),
    'service-ports': image.services
      .map(({ name, protocol, port }) => `${name}:${protocol}:${port}`)
      .join(','),
    'envs.corecount': image.corecount.join(','),
    accelerators: image.accelerator?.label ?? '',
    ...image.labels,
  }
  const present = Object.entries(said).filter(([, value]) => value !== '')
  return Object.fromEntries(present.map(([name, value]) => [PREFIX + name, value]))
}

/** `mem` is the least; `max.mem` and `preferred.mem` say so. */
function resourceLabel(name: string): string {
  return /^(min|max|preferred)\./.test(name) ? `resource.${name}` : `resource.min.${name}`
}

function withDefaults(text: string, { arguments: known }: Labelled): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
}
