/** `Dockerfile.runner` built as its comments say, in a stage that is only Debian and npm. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { PROJECT } from '../unit/source-files.ts'
import { makeImage } from './images.ts'
import { BUILDAH, PODMAN_ENV } from './podman.ts'

/** What this machine has to say of its network is not in the project: certificates, and npm's registry. */
const CERTIFICATES = '/etc/ssl/certs'
const BUNDLE = `${CERTIFICATES}/ca-certificates.crt`

/** Builds it under that name. Throws with the last that it printed. */
export function buildRunnerImage(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  const npmrc = join(folder, 'npmrc')
  writeFileSync(npmrc, npmSettings(), { mode: 0o600 })
  const [program, ...first] = BUILDAH
  const mounts = [`${CERTIFICATES}:${CERTIFICATES}:ro`, `${npmrc}:/root/.npmrc:ro`]
  try {
    execaSync(
      program,
      [
        ...first,
        ...['build', '--layers=false', '--network=host', '--build-arg', `BASE=${makeImage('builder')}`],
        ...mounts.flatMap((mount) => ['--volume', mount]),
        ...['--file', 'Dockerfile.runner', '--tag', name, '.'],
      ],
      { cwd: PROJECT, env: PODMAN_ENV, stdin: 'ignore', all: true },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As npm itself reads them, and not as it tells what it starts, such as these tests. */
function npmSettings(): string {
  const places = [join(homedir(), '.npmrc'), '/etc/npmrc', '/usr/etc/npmrc'].filter(existsSync)
  const trusted = existsSync(BUNDLE) ? [`cafile=${BUNDLE}`] : []
  return [...places.map((path) => readFileSync(path, 'utf8')), ...trusted].join('\n')
}
