/** Reads `manifest.yml`: its form here, what its parts say of each other in `resolve.ts`. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { KrunnerError, messageOf } from '../../errors.ts'
import { nearest } from '../../nearest.ts'
import { ManifestDocument, type Path } from './document.ts'
import { KEYS, type Manifest, manifest } from './manifest-schema.ts'

export interface ReadManifest {
  readonly manifest: Manifest
  readonly document: ManifestDocument
}

/** Throws BAD_MANIFEST with every problem, one a line. */
export function readManifest(file: string): ReadManifest {
  return parseManifest(file, contentOf(file))
}

export function parseManifest(file: string, content: string): ReadManifest {
  const document = new ManifestDocument(file, content)
  const found = v.safeParse(manifest, document.value)
  if (!found.success)
    throw document.error(found.issues.map((issue) => ({ path: pathOf(issue), message: describe(issue) })))
  return { manifest: found.output, document }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw KrunnerError.because(error, 'BAD_MANIFEST', `${file}: ${messageOf(error)}`)
  }
}

function pathOf(issue: v.BaseIssue<unknown>): Path {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
}

function describe({ type, expected, received, message, input, path }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && expected === 'never')
    return `is no key of this place; ${mendOfKey(String(path?.at(-1)?.key))}`
  if (type === 'strict_object' && input === undefined) return 'is missing'
  if (message.startsWith('Invalid')) return `is ${received}, and must be ${expected}`
  return typeof input === 'string' ? `'${input}' ${message}` : message
}

function mendOfKey(key: string): string {
  const meant = nearest(key, KEYS)
  return meant === undefined ? 'take it out' : `did you mean '${meant}'?`
}
