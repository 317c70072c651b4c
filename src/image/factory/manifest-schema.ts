/** The form of `images/manifest.yml`. Every scalar arrives as text, so that `1.10` stays `1.10`. */
import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1, 'is empty'))
const texts = v.optional(v.array(text), [])
const textMap = v.optional(v.record(text, v.string()), {})
const name = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9]+([._-]+[a-z0-9]+)*$/,
    'is no name of an image; write lower case letters, digits and dashes',
  ),
)
const tag = v.pipe(
  v.string(),
  v.regex(/^\w[\w.-]{0,127}$/, 'is no tag; write letters, digits, dots and dashes'),
)
const version = v.pipe(v.string(), v.regex(/^\d+\.\d+$/, 'is no version of Python such as "3.11"'))
const port = v.pipe(
  v.string(),
  v.regex(/^\d+$/, 'is no port'),
  v.transform(Number),
  v.maxValue(65535, 'is no port'),
)

/** One image for all architectures, or one for each. */
const base = v.union([text, v.record(text, text)], 'is neither an image nor a map from architecture to image')

const pythonSource = v.picklist(
  ['packages', 'source', 'base'],
  'is no way to have Python; choose packages, source (of python.org) or base (the base image has it)',
)

const distributionVersion = v.strictObject({
  base,
  python: v.optional(v.record(version, pythonSource), {}),
  prepare: texts,
  /** Once its Python is there. */
  'python-steps': texts,
})

const distribution = v.strictObject({
  'package-manager': v.picklist(['apt', 'apk', 'yum', 'dnf'], 'is none of apt, apk, yum and dnf'),
  /** The value of `ai.backend.base-distro`, which tells agents the C library. */
  'base-distro': text,
  env: textMap,
  packages: texts,
  /** What a Python of `${PYTHON_VERSION}` is called here, and its pip. */
  'python-packages': texts,
  'pip-packages': texts,
  /** What building Python from its sources needs. */
  'source-packages': texts,
  prepare: texts,
  versions: v.record(text, distributionVersion),
})

const acceleratorVersion = v.strictObject({
  /** By distribution: the base image that has it. */
  bases: v.optional(v.record(text, base), {}),
  /** By distribution: commands that install it there. */
  steps: v.optional(v.record(text, v.array(text)), {}),
})

const accelerator = v.strictObject({
  /** Missing: the processor's own. */
  label: v.optional(text),
  resources: textMap,
  env: textMap,
  versions: v.record(text, acceleratorVersion),
})

const framework = v.strictObject({
  /** By accelerator; `default` for the others. */
  pip: v.record(text, v.array(text)),
  /** By version: what stands for `{release}` and other names in `pip`. */
  versions: v.record(text, v.objectWithRest({ pip: v.optional(v.record(text, v.array(text))) }, text)),
})

const service = v.strictObject({
  protocol: v.picklist(['pty', 'http', 'tcp', 'preopen'], 'is none of pty, http, tcp and preopen'),
  port,
  definition: v.optional(v.record(v.string(), v.unknown())),
})

/** What an image says once for all its releases, and what a release says differently. */
const part = {
  distribution: v.optional(text),
  python: v.optional(version),
  accelerator: v.optional(text),
  framework: v.optional(text),
  'release-type': v.optional(text),
  from: v.optional(text),
  base: v.optional(base),
  'runtime-path': v.optional(text),
  packages: v.optional(v.array(text)),
  pip: v.optional(v.array(text)),
  env: textMap,
  steps: v.optional(v.array(text)),
  resources: textMap,
}

const release = v.strictObject({
  ...part,
  tags: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1, 'names no tag')),
})

const image = v.strictObject({
  ...part,
  name,
  title: text,
  'runtime-type': text,
  features: v.optional(v.array(text), ['batch', 'query', 'user-input']),
  services: texts,
  policy: v.optional(text),
  corecount: texts,
  labels: textMap,
  releases: v.pipe(v.array(release), v.minLength(1, 'names no release')),
})

const releaseType = v.strictObject({
  accelerator: v.optional(text),
  /** Arguments of the build, and their defaults. */
  arguments: textMap,
  pip: texts,
  /** By package manager. */
  packages: v.optional(v.record(text, v.array(text)), {}),
})

export const manifest = v.strictObject({
  registry: text,
  namespace: text,
  /** Of what the release types install; `--version` says another. */
  version: text,
  pythons: v.record(version, v.strictObject({ release: text, pip: text })),
  distributions: v.record(name, distribution),
  accelerators: v.record(name, accelerator),
  frameworks: v.record(name, framework),
  services: v.record(name, service),
  'release-types': v.record(name, releaseType),
  images: v.array(image),
})

/** Of all places. */
export const KEYS: readonly string[] = [
  ...new Set(
    [
      manifest,
      distribution,
      distributionVersion,
      accelerator,
      acceleratorVersion,
      framework,
      service,
      image,
      release,
      releaseType,
    ].flatMap(({ entries }) => Object.keys(entries)),
  ),
]

export const tagForm = tag
export type Manifest = v.InferOutput<typeof manifest>
export type ImageEntry = Manifest['images'][number]
export type ReleaseEntry = ImageEntry['releases'][number]
export type BaseEntry = v.InferOutput<typeof base>
export type PythonSource = v.InferOutput<typeof pythonSource>
