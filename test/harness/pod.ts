/** A pod of `deploy/kubernetes/`, played by podman. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { podman } from '../toolchain/podman.ts'
import { PROJECT } from '../unit/source-files.ts'
import { temporaryFolder } from './krunner.ts'

interface Container {
  image: string
  args: string[]
}

interface PodManifest {
  metadata: { name: string }
  spec: { initContainers: [Container]; containers: [Container] }
}

export interface PodOptions {
  /** The image with the tree. */
  tree: string
  /** The session's. */
  image: string
  runtime: readonly [type: string, path: string]
}

export class Pod {
  readonly #name: string

  private constructor(name: string) {
    this.#name = name
  }

  /** As it stands in the file, but for what a user changes: the name, the images and the runtime. For one test. */
  static play(file: string, { tree, image, runtime }: PodOptions): Pod {
    const manifest: PodManifest = parse(readFileSync(join(PROJECT, 'deploy/kubernetes', file), 'utf8'))
    const [init] = manifest.spec.initContainers
    const [session] = manifest.spec.containers
    const name = `krunner-test-${randomUUID().slice(0, 8)}`
    manifest.metadata.name = name
    init.image = tree
    session.image = image
    session.args.splice(-2, 2, ...runtime)
    const played = join(temporaryFolder({ 'pod.yaml': stringify(manifest) }), 'pod.yaml')
    onTestFinished(() => void podman('kube', 'down', played))
    podman('kube', 'play', '--network', 'podman', played)
    return new Pod(name)
  }

  /** As other pods reach it. */
  get address(): string {
    const infra = podman('pod', 'inspect', '--format', '{{.InfraContainerID}}', this.#name)
    return podman('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', infra)
  }
}
