/** The runtime type, and whether its path can be one of its executables. */
import { basename } from 'node:path'
import { nearest } from '../../nearest.ts'
import { LABELS } from '../catalogue.ts'
import type { Finding } from '../described.ts'
import { quote } from '../forms.ts'
import { type Examined, type Rule, type RuntimeFacts, tellOf } from './examined.ts'

export const runtimeRules: Rule = (examined) => [...unknownType(examined), ...contradictingPath(examined)]

function unknownType(examined: Examined): Finding[] {
  const { labels, runtime, runtimes } = examined
  if (runtime || labels.runtimeType === undefined) return []
  const names = runtimes.flatMap(({ name, aliases }) => [name, ...aliases])
  const near = nearest(labels.runtimeType.slice(0, 100), names)
  return [
    tellOf(examined, LABELS.runtimeType.name, {
      severity: 'error',
      rule: 'runtime-unknown',
      what: `there is no runtime type ${quote(labels.runtimeType)}`,
      mend: near ? `write ${near}` : `write one of ${runtimes.map(({ name }) => name).join(', ')}`,
    }),
  ]
}

function contradictingPath(examined: Examined): Finding[] {
  const { labels, runtime, runtimes } = examined
  const path = labels.runtimePath
  if (path === undefined || !runtime || runtime.executables.length === 0 || speaks(runtime, path)) return []
  const other = runtimes.find((one) => speaks(one, path))
  const programs = runtime.executables.join(', ')
  const tell = (severity: 'error' | 'warning', what: string, mend: string) => [
    tellOf(examined, LABELS.runtimePath.name, { severity, rule: 'runtime-path', what, mend }),
  ]
  return other
    ? tell(
        'error',
        `the runtime type is ${runtime.name}, and ${path} is an executable of ${other.name}`,
        `write the path of ${programs}, or ${LABELS.runtimeType.name}=${other.name}`,
      )
    : tell(
        'warning',
        `${path} is no usual executable of ${runtime.name}`,
        `see that it can be run like ${programs}`,
      )
}

/** By its name: `/opt/bin/python3.11` is one of Python's. */
function speaks({ executables }: RuntimeFacts, path: string): boolean {
  const name = basename(path)
  const bare = withoutVersion(name)
  return executables.some((one) => one === name || withoutVersion(basename(one)) === bare)
}

function withoutVersion(name: string): string {
  return name.slice(0, 200).replace(/[-.\d]+$/, '')
}
