/** Images as engines and registries describe them, in JSON. */
import * as v from 'valibot'
import type { DescribedImage, Place, Said } from './described.ts'
import { jsonError } from './json-error.ts'

const texts = v.nullish(v.record(v.string(), v.string()))
const config = v.nullish(
  v.object({
    Labels: texts,
    Env: v.nullish(v.array(v.string())),
    User: v.nullish(v.string()),
  }),
)
const inspected = v.object({
  // Of an OCI configuration, `podman inspect` and `docker inspect`, `skopeo inspect`, `buildah inspect`.
  config,
  Config: config,
  Labels: texts,
  Env: v.nullish(v.array(v.string())),
  OCIv1: v.nullish(v.object({ config })),
  RepoTags: v.nullish(v.array(v.string())),
  Name: v.nullish(v.string()),
  FromImage: v.nullish(v.string()),
})

type Inspected = v.InferOutput<typeof inspected>

/** Where a label stands in the text that was read; undefined: the text is no file. */
export type PlaceOf = (label: string) => Place

/** One, or as many as the JSON has; a sentence where it describes no image. */
export function describeInspected(name: string, json: string, placeOf: PlaceOf): DescribedImage[] | string {
  const broken = jsonError(json)
  if (broken) return `line ${broken.line} is no JSON: ${broken.message}`
  const data: unknown = JSON.parse(json)
  const found = v.safeParse(v.array(inspected), Array.isArray(data) ? data : [data])
  if (!found.success) {
    const [issue] = found.issues
    return `'${v.getDotPath(issue) ?? 'the whole'}': ${issue.message}`
  }
  if (found.output.length === 0 || !found.output.every(hasConfig))
    return 'it is neither an OCI configuration nor what an engine says by inspect'
  return found.output.map((one) => describe(nameIn(one) ?? name, one, placeOf))
}

function hasConfig(one: Inspected): boolean {
  return [one.config, one.Config, one.OCIv1?.config, one.Labels].some((part) => part !== undefined)
}

function nameIn({ RepoTags, Name, FromImage }: Inspected): string | undefined {
  return RepoTags?.[0] ?? (FromImage || undefined) ?? (Name || undefined)
}

function describe(name: string, one: Inspected, placeOf: PlaceOf): DescribedImage {
  const { Labels, Env, User } = one.config ?? one.Config ?? one.OCIv1?.config ?? {}
  const said = (value: string, key: string): Said => ({ value, place: placeOf(key), isKnown: true })
  const labels = Object.entries({ ...one.Labels, ...Labels })
  const env = (Env ?? one.Env ?? []).map((pair) => {
    const end = pair.indexOf('=')
    return [pair.slice(0, end), said(pair.slice(end + 1), pair)] as const
  })
  return {
    name,
    place: placeOf(''),
    labels: new Map(labels.map(([key, value]) => [key, said(value, key)])),
    env: new Map(env),
    user: User ? said(User, User) : undefined,
    base: undefined,
    isBaseKnown: false,
    files: [],
    areFilesSeen: false,
    beside: [],
    findings: [],
  }
}

/** The first line of a JSON file that has this text as a string of its own. */
export function placesIn(file: string, json: string): PlaceOf {
  const lines = new Map<string, number>()
  for (const [index, line] of json.split('\n').entries())
    for (const [, text = ''] of line.matchAll(/"((?:[^"\\]|\\.){1,300})"/g))
      if (!lines.has(text)) lines.set(text, index + 1)
  return (label) => ({ file, line: lines.get(JSON.stringify(label).slice(1, -1)) ?? 1 })
}
