/** `ai.backend.service-ports`: what can be reached in the container, each `NAME:PROTOCOL:PORT`. */
import { type Complaint, type Form, quote } from './forms.ts'

export const PROTOCOLS = ['http', 'tcp', 'pty', 'preopen'] as const
export type ServiceProtocol = (typeof PROTOCOLS)[number]

export interface ServicePort {
  readonly name: string
  /** `preopen`: who starts the container has started the service, too. */
  readonly protocol: ServiceProtocol
  /** At least one. */
  readonly ports: readonly number[]
}

const PARTS = /^([^:]*):([^:]*):(.*)$/s
const NAME = /^[A-Za-z0-9_-]+$/
const PORTS = /^(?:\d{1,9}|\[\s*\d{1,9}\s*(?:,\s*\d{1,9}\s*)*\])$/

export const servicePorts: Form<readonly ServicePort[]> = {
  words: '`NAME:PROTOCOL:PORT` or `NAME:PROTOCOL:[PORT,PORT]`, separated by commas',
  read(text) {
    const complaints: Complaint[] = []
    const value = splitEntries(text).flatMap((entry) => readEntry(entry, complaints) ?? [])
    return { value, complaints }
  },
  write: (value) => value.map(formatServicePort).join(','),
}

export function formatServicePort({ name, protocol, ports }: ServicePort): string {
  return `${name}:${protocol}:${ports.length === 1 ? ports[0] : `[${ports.join(',')}]`}`
}

/** At the commas outside of brackets. */
function splitEntries(text: string): string[] {
  if (text.trim() === '') return []
  const entries: string[] = []
  let isInBrackets = false
  let start = 0
  for (const { 0: mark, index } of text.matchAll(/[[\],]/g)) {
    if (mark !== ',') isInBrackets = mark === '['
    else if (!isInBrackets) {
      entries.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...entries, text.slice(start)]
}

function readEntry(entry: string, complaints: Complaint[]): ServicePort | undefined {
  const complain = (what: string, mend: string) => {
    complaints.push({ what, mend })
    return undefined
  }
  if (entry.trim() === '') return complain('it has an empty entry', 'take the comma too many out')
  // Agents take no blank between the entries.
  if (entry !== entry.trim()) complain(`there is a blank around ${quote(entry.trim())}`, 'take it out')
  const [, name = '', protocol = '', ports = ''] = PARTS.exec(entry.trim()) ?? []
  if (ports === '')
    return complain(`${quote(entry)} is not NAME:PROTOCOL:PORT`, 'write it like jupyter:http:8080')
  if (!NAME.test(name))
    return complain(`${quote(name)} is no name of a service`, 'use letters, digits, - and _')
  const known = PROTOCOLS.find((one) => one === protocol)
  if (!known)
    return complain(
      `${quote(protocol)} is no protocol of service '${name}'`,
      `write one of ${PROTOCOLS.join(', ')}`,
    )
  if (!PORTS.test(ports))
    return complain(
      `${quote(ports)} is no port of service '${name}'`,
      'write a number, or several as [8000,8001]',
    )
  return { name, protocol: known, ports: [...ports.matchAll(/\d+/g)].map(Number) }
}
