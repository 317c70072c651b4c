/** The engines that build and push: what to run for it, and how each says what came of it. */
import { readFileSync } from 'node:fs'
import { KrunnerError } from '../../errors.ts'
import { which } from '../../process/which.ts'
import type { Command } from './command.ts'

export const ENGINES = ['podman', 'docker', 'buildah'] as const
export type BuilderName = (typeof ENGINES)[number]

export interface BuildRequest {
  readonly reference: string
  readonly dockerfile: string
  readonly context: string
  readonly arguments: Readonly<Record<string, string>>
  readonly architecture: string | undefined
  /** Of the commands in it, as the engine calls it. */
  readonly network: string | undefined
}

/** What an engine knows of an image that is there. */
export interface ImageFacts {
  readonly id: string
  /** Of the manifest, as the engine keeps it. */
  readonly digest: string
  /** Bytes, uncompressed. */
  readonly size: number
}

export interface PushRequest {
  readonly reference: string
  readonly destination: string
  /** Where the engine may write the digest. */
  readonly digestFile: string
  readonly isInsecure: boolean
}

export interface Builder {
  readonly name: BuilderName
  build(request: BuildRequest): Command
  inspect(reference: string): Command
  facts(printed: string): ImageFacts
  /** One after the other. */
  push(request: PushRequest): readonly Command[]
  /** Of the manifest that the registry has, from what the last of them printed. */
  pushedDigest(request: PushRequest, printed: string): string | undefined
}

/** The one that was asked for, or the first that is in PATH. Throws NO_ENGINE. */
export function findBuilder(asked: BuilderName | undefined): Builder {
  const name = asked ?? ENGINES.find((each) => which(each, process.env.PATH))
  if (name === undefined) throw KrunnerError.of('NO_ENGINE', `none of ${ENGINES.join(', ')} is in PATH`)
  return BUILDERS[name]
}

function buildWords(program: string, request: BuildRequest, more: readonly string[]): Command {
  const { reference, dockerfile, context, architecture, network } = request
  return [
    program,
    'build',
    ...more,
    // What is here is what was built before, or was asked for by name: no registry's newer one.
    '--pull=false',
    ...Object.entries(request.arguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(architecture ? ['--platform', `linux/${architecture}`] : []),
    ...(network ? ['--network', network] : []),
    ...['--file', dockerfile, '--tag', reference, context],
  ]
}

const libpodPush = (program: string) => ({
  push: ({ reference, destination, digestFile, isInsecure }: PushRequest): Command[] => [
    [
      program,
      'push',
      ...['--digestfile', digestFile],
      ...(isInsecure ? ['--tls-verify=false'] : []),
      ...[reference, `docker://${destination}`],
    ],
  ],
  pushedDigest: ({ digestFile }: PushRequest) => readFileSync(digestFile, 'utf8').trim() || undefined,
})

/** As `podman image inspect` and Docker's own say it. */
interface Inspected {
  Id: string
  Digest?: string
  RepoDigests?: string[]
  Size: number
}

function inspected(printed: string): ImageFacts {
  const [found] = JSON.parse(printed) as Inspected[]
  if (!found) throw new Error('the engine lists no image')
  const id = found.Id.replace(/^sha256:/, '')
  const digest = found.Digest ?? found.RepoDigests?.[0]?.split('@')[1] ?? `sha256:${id}`
  return { id, digest, size: found.Size }
}

const BUILDERS: Readonly<Record<BuilderName, Builder>> = {
  podman: {
    name: 'podman',
    build: (request) => buildWords('podman', request, ['--layers']),
    inspect: (reference) => ['podman', 'image', 'inspect', reference],
    facts: inspected,
    ...libpodPush('podman'),
  },
  buildah: {
    name: 'buildah',
    build: (request) => buildWords('buildah', request, ['--layers']),
    inspect: (reference) => ['buildah', 'inspect', '--type', 'image', reference],
    facts(printed) {
      const { FromImageID, FromImageDigest, Manifest } = JSON.parse(printed)
      const { layers } = JSON.parse(Manifest) as { layers: { size: number }[] }
      const size = layers.reduce((sum, layer) => sum + layer.size, 0)
      return { id: FromImageID, digest: FromImageDigest, size }
    },
    ...libpodPush('buildah'),
  },
  docker: {
    name: 'docker',
    build: (request) => buildWords('docker', request, []),
    inspect: (reference) => ['docker', 'image', 'inspect', reference],
    facts: inspected,
    push: ({ reference, destination }) => [
      ['docker', 'tag', reference, destination],
      ['docker', 'push', destination],
    ],
    pushedDigest: (_, printed) => /digest: (sha256:[0-9a-f]{64})/.exec(printed)?.[1],
  },
}
