/** A folder in the OCI image layout, as `podman save --format oci-dir` writes it. */
import { join } from 'node:path'
import * as v from 'valibot'
import { readText } from './files.ts'
import { jsonError } from './json-error.ts'

const descriptor = v.object({
  digest: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/, 'no digest')),
  annotations: v.optional(v.record(v.string(), v.string()), {}),
})
const index = v.object({ manifests: v.array(descriptor) })
const manifest = v.object({ config: descriptor })

const LARGEST = 16 * 1024 ** 2
/** An index may name others: of several architectures, say. */
const DEEPEST = 3

export interface LayoutConfig {
  /** The image's name in the layout, where it has one. */
  readonly name: string | undefined
  /** The file of its configuration. */
  readonly file: string
}

/** The configurations of all images in it; a sentence where it cannot be read. */
export function configsIn(folder: string): LayoutConfig[] | string {
  return configsOf(folder, 'index.json', undefined, 0)
}

function configsOf(
  folder: string,
  file: string,
  name: string | undefined,
  depth: number,
): LayoutConfig[] | string {
  const data = readJson(join(folder, file))
  if (typeof data === 'string') return `${file}: ${data}`
  const asManifest = v.safeParse(manifest, data.value)
  if (asManifest.success) return [{ name, file: join(folder, blobOf(asManifest.output.config.digest)) }]
  const asIndex = v.safeParse(index, data.value)
  if (!asIndex.success || depth >= DEEPEST) return `${file} is neither an index nor a manifest`
  const all: LayoutConfig[] = []
  for (const { digest, annotations } of asIndex.output.manifests) {
    const named = annotations['org.opencontainers.image.ref.name'] ?? name
    const found = configsOf(folder, blobOf(digest), named, depth + 1)
    if (typeof found === 'string') return found
    all.push(...found)
  }
  return all
}

function blobOf(digest: string): string {
  return join('blobs', ...digest.split(':'))
}

function readJson(file: string): { value: unknown } | string {
  const text = readText(file, LARGEST)
  if (typeof text !== 'string') return text.what
  const broken = jsonError(text)
  return broken ? `line ${broken.line} is no JSON: ${broken.message}` : { value: JSON.parse(text) }
}
