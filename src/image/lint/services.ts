/** Service definitions in the image, and the services that its label names. */
import { posix } from 'node:path'
import { parseYaml } from '../../jail/yaml-places.ts'
import {
  type DefinitionInput,
  type DefinitionIssue,
  definitionIssues,
  definitionOf,
} from '../../service/definition.ts'
import { rehearse } from '../../service/rehearsal.ts'
import { LABELS } from '../catalogue.ts'
import type { CopiedFile, DescribedImage, Finding } from '../described.ts'
import { readCopied } from '../files.ts'
import { jsonError } from '../json-error.ts'
import { type Examined, type Rule, tellOf } from './examined.ts'

const FOLDER = '/etc/backend.ai/service-defs'

/** Of one definition. */
const MOST_ISSUES = 20

/** Where no label tells how many there are. */
const SOME_PORTS = [8080, 8081, 8082, 8083]

export const serviceRules: Rule = (examined) => {
  const files = examined.image.files.filter(({ target }) => posix.dirname(target) === FOLDER)
  return [
    ...folderAsFile(examined.image),
    ...files.flatMap((file) => checkFile(file, portsOf(examined, nameOf(file)))),
    ...files.flatMap((file) => unnamed(examined, file)),
    ...undefinedServices(examined, new Set(files.map(nameOf))),
  ]
}

function portsOf({ labels }: Examined, service: string): readonly number[] {
  return labels.servicePorts?.find(({ name }) => name === service)?.ports ?? SOME_PORTS
}

function nameOf({ target }: CopiedFile): string {
  return posix.basename(target, '.json')
}

function folderAsFile({ files }: DescribedImage): Finding[] {
  return files
    .filter(({ target }) => target === FOLDER)
    .map(({ place }) => ({
      place,
      severity: 'error',
      rule: 'definition-place',
      what: `one file is copied as ${FOLDER}, which is a folder`,
      mend: `write ${FOLDER}/ with a slash at its end`,
    }))
}

function checkFile(file: CopiedFile, ports: readonly number[]): Finding[] {
  const { text, place, complaint } = readCopied(file)
  if (complaint) return [{ place, severity: 'error', rule: 'definition', ...complaint }]
  if (!file.target.endsWith('.json')) return [notRead(file)]
  const tell = (line: number, what: string, mend: string): Finding => ({
    place: { ...place, line: (place.line ?? 1) + line - 1 },
    severity: 'error',
    rule: 'definition',
    what,
    mend,
  })
  const broken = jsonError(text)
  if (broken) return [tell(broken.line, `it is no JSON: ${broken.message}`, 'mend it there, or just before')]
  const places = parseYaml(text)
  return issuesOf(JSON.parse(text), ports)
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) =>
      tell(
        places.lineOfKey(path),
        path.length > 0 ? `'${path.join('.')}': ${message}` : message,
        'docs/services.md has the form of definitions',
      ),
    )
}

function issuesOf(data: unknown, ports: readonly number[]): DefinitionIssue[] {
  const issues = definitionIssues(data)
  return issues.length > 0 ? issues : rehearse(definitionOf(data as DefinitionInput), ports)
}

function notRead({ target, place }: CopiedFile): Finding {
  return {
    place,
    severity: 'warning',
    rule: 'definition-place',
    what: `${posix.basename(target)} is no .json file, and is not read`,
    mend: 'name it like SERVICE.json',
  }
}

function unnamed({ labels }: Examined, file: CopiedFile): Finding[] {
  const name = nameOf(file)
  if (!file.target.endsWith('.json') || labels.servicePorts?.some((service) => service.name === name))
    return []
  return [
    {
      place: file.place,
      severity: 'warning',
      rule: 'service-unnamed',
      what: `the service '${name}' is defined, and ${LABELS.servicePorts.name} does not name it: nobody can reach it`,
      mend: `add ${name}:http:PORT to ${LABELS.servicePorts.name}`,
    },
  ]
}

/** Where there is a base, it may have the definition. */
function undefinedServices(examined: Examined, defined: ReadonlySet<string>): Finding[] {
  const { image, labels, runtime } = examined
  return (labels.servicePorts ?? [])
    .filter(({ name, protocol }) => protocol !== 'preopen' && !defined.has(name))
    .filter(({ name }) => !runtime?.services.includes(name))
    .map(({ name }) =>
      tellOf(examined, LABELS.servicePorts.name, {
        severity: 'warning',
        rule: 'service-undefined',
        what: `nothing here says how the service '${name}' is started`,
        mend: `put ${name}.json into ${FOLDER}/${image.base ? ` unless ${image.base.value} has it` : ''}, or write it as preopen`,
      }),
    )
}
