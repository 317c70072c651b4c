/** One image, with all that the manifest says of it put together. Templates see this. */
import type { Path } from './document.ts'
import type { Manifest, PythonSource } from './manifest-schema.ts'

export interface ImageSpec {
  readonly name: string
  readonly tag: string
  /** `docker.io/lablup/kernel-c:12.2-debian12`. */
  readonly reference: string
  readonly title: string
  /** Where the manifest says it. */
  readonly path: Path
  /** The image of the manifest that this one is built upon. */
  readonly parent: string | undefined
  /** The release names its base image itself, which has what the language needs. */
  readonly hasOwnBase: boolean
  /** The base is the distribution's own image. */
  readonly hasDistributionBase: boolean
  /** By architecture, qualified. */
  readonly bases: Readonly<Record<string, string>>
  readonly distribution: DistributionSpec
  readonly python: PythonSpec | undefined
  readonly accelerator: AcceleratorSpec | undefined
  readonly releaseType: string
  /** Of the build, and their defaults: `PYTHON_VERSION` first. */
  readonly arguments: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly packages: readonly string[]
  readonly pip: readonly string[]
  readonly steps: readonly string[]
  readonly runtimeType: string
  /** May name `${PYTHON_VERSION}`. */
  readonly runtimePath: string
  readonly features: readonly string[]
  readonly services: readonly ServiceSpec[]
  readonly policy: string
  /** As they are with the arguments' defaults. */
  readonly labels: Readonly<Record<string, string>>
}

export interface DistributionSpec {
  readonly name: string
  readonly version: string
  readonly packageManager: 'apt' | 'apk' | 'yum' | 'dnf'
  readonly baseDistro: string
  readonly env: Readonly<Record<string, string>>
  readonly packages: readonly string[]
  readonly prepare: readonly string[]
  /** The versions of Python that it has. */
  readonly pythons: readonly string[]
}

export interface PythonSpec {
  readonly source: PythonSource
  /** The default of `ARG PYTHON_VERSION`: `3.11` of packages, `3.6.15` of sources. */
  readonly version: string
  /** `3.11`, `3.6`. */
  readonly minor: string
  readonly packages: readonly string[]
  /** What is needed beside where the image installs with pip. */
  readonly pipPackages: readonly string[]
  readonly steps: readonly string[]
  /** The program, for commands of the build. */
  readonly command: string
  /** The version of pip that still knows this Python. */
  readonly pip: string
  /** The Pythons that a build may choose instead, this one too. */
  readonly choices: readonly PythonChoice[]
}

export interface PythonChoice {
  readonly minor: string
  readonly version: string
  readonly pip: string
}

export interface AcceleratorSpec {
  readonly name: string
  readonly version: string
  readonly label: string | undefined
  readonly resources: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly steps: readonly string[]
}

export interface ServiceSpec {
  readonly name: string
  readonly protocol: Manifest['services'][string]['protocol']
  readonly port: number
  readonly definition: Readonly<Record<string, unknown>> | undefined
}
