/** What an image says of itself, wherever that was read: a Dockerfile, a configuration, an engine. */

export interface Place {
  readonly file: string
  /** From 1; undefined: the whole file. */
  readonly line?: number
}

export interface Said {
  readonly value: string
  readonly place: Place
  /** False where the value is only known when the image is built; what it would be by what is known. */
  readonly isKnown: boolean
}

/** A file that comes into the image. */
export interface CopiedFile {
  /** Absolute, in the image. */
  readonly target: string
  readonly place: Place
  /** Where it is now, or what is in it. */
  readonly source: { readonly path: string } | { readonly body: string; readonly at: Place }
}

export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  readonly place: Place
  readonly severity: Severity
  /** For programs. */
  readonly rule: string
  readonly what: string
  readonly mend: string
}

export interface DescribedImage {
  /** A path, or the image's name. */
  readonly name: string
  readonly place: Place
  readonly labels: ReadonlyMap<string, Said>
  readonly env: ReadonlyMap<string, Said>
  readonly user: Said | undefined
  /** The image that it is made from; undefined: it is whole. */
  readonly base: Said | undefined
  /** Whether what the base says of itself is in here too. */
  readonly isBaseKnown: boolean
  readonly files: readonly CopiedFile[]
  /** Whether all that it adds to its base is seen, or only what it says of itself. */
  readonly areFilesSeen: boolean
  /** Policy and definitions that lie beside it, and which it does not say to have. */
  readonly beside: readonly string[]
  /** What was wrong already where it was read. */
  readonly findings: readonly Finding[]
}
