/** Container engines for programs that look for one in PATH: the tests' own podman under the name they look for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quoteWords } from '../../src/image/launch/shell.ts'
import { BUILDAH, PODMAN, PODMAN_ENV, podman } from '../toolchain/podman.ts'
import { temporaryFolder } from './krunner.ts'

/** What Docker answers where podman would not say the same. */
const DOCKER = `case $1 in
  --version) echo "Docker version 27.0.0, build 0000000"; exit ;;
  info) echo "[name=seccomp,profile=builtin]"; exit ;;
esac
`

export class TestEngine {
  readonly env: Readonly<Record<string, string>>
  readonly #folder: string

  constructor(name: 'podman' | 'docker' | 'buildah', env: Readonly<Record<string, string>> = PODMAN_ENV) {
    this.#folder = temporaryFolder({
      [name]: `#!/bin/sh
printf '%s\\n' "$*" >> "$(dirname "$0")/calls"
${name === 'docker' ? DOCKER : ''}exec ${quoteWords(name === 'buildah' ? BUILDAH : ['/usr/bin/podman', ...PODMAN.slice(1)])} "$@"
`,
      calls: '',
    })
    this.env = { ...env, PATH: `${this.#folder}:${process.env.PATH}` }
  }

  /** Of the containers that were started. */
  get names(): string[] {
    const calls = readFileSync(join(this.#folder, 'calls'), 'utf8')
    return [...calls.matchAll(/^run .*?--name (\S+)/gm)].map(([, name = '']) => name)
  }

  /** The containers that are there still. */
  get left(): string[] {
    const there = podman('ps', '--all', '--format', '{{.Names}}').split('\n')
    return this.names.filter((name) => there.includes(name))
  }

  /** What a container that is up says of itself. */
  inspect(format: string): string {
    const [name = ''] = this.names
    return podman('inspect', '--format', format, name)
  }

  /** Without a word to what runs in it. */
  kill(): void {
    podman('kill', '--signal', 'KILL', ...this.left)
  }
}
