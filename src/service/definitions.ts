/** The definitions of an image: one JSON file a service. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf } from '../errors.ts'
import { parseDefinition, type ServiceDefinition } from './definition.ts'

/** By name. A bad file is told and left out; a missing folder has none. */
export function readDefinitions(
  folder: string,
  onBad: (reason: string) => void,
): ReadonlyMap<string, ServiceDefinition> {
  const found = new Map<string, ServiceDefinition>()
  for (const file of jsonFiles(folder, onBad)) {
    const path = join(folder, file)
    try {
      found.set(basename(file, '.json'), parseDefinition(path, readFileSync(path, 'utf8')))
    } catch (error) {
      onBad(messageOf(error))
    }
  }
  return found
}

function jsonFiles(folder: string, onBad: (reason: string) => void): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onBad(messageOf(error))
    return []
  }
}
