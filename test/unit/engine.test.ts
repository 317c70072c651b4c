/** Which container engine is there, and what can be done about what it says. */
import { afterEach, expect, test, vi } from 'vitest'
import { findEngine, inspectImage } from '../../src/image/engine.ts'
import { mendOf } from '../../src/image/engine-mends.ts'
import { temporaryFolder } from '../harness/krunner.ts'

/** A PATH with these programs and nothing else, each a script for the shell. */
function programs(scripts: Readonly<Record<string, string>>): void {
  const files = Object.entries(scripts).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`])
  vi.stubEnv('PATH', temporaryFolder(Object.fromEntries(files)))
}

afterEach(() => vi.unstubAllEnvs())

const PODMAN = 'echo "podman version 5.4.0"'
const DOCKER =
  'case $1 in info) echo "[name=seccomp,profile=builtin name=rootless]" ;; *) echo "Docker version 28.1.0" ;; esac'

test('podman is taken before docker', async () => {
  programs({ podman: PODMAN, docker: DOCKER })
  expect(await findEngine(undefined)).toMatchObject({ kind: 'podman', program: 'podman' })
  expect(await findEngine('docker')).toEqual({ kind: 'docker', program: 'docker', isRootless: true })
})

test('podman under the name of docker is podman', async () => {
  programs({ docker: PODMAN })
  expect(await findEngine(undefined)).toMatchObject({ kind: 'podman', program: 'docker' })
})

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['none', {}, undefined, 'neither podman nor docker is in PATH'],
  ['another than the one asked for', { podman: PODMAN }, 'docker', "no 'docker' in PATH"],
  ['one that is neither', { nerdctl: 'echo nerdctl version 2' }, 'nerdctl', 'nerdctl version 2'],
  ['one that does not answer', { docker: 'echo cannot connect >&2; exit 1' }, undefined, 'cannot connect'],
])('%s is told', async (_, scripts, asked, message) => {
  programs(scripts)
  await expect(findEngine(asked)).rejects.toMatchObject({
    code: 'NO_ENGINE',
    message: expect.stringContaining(message),
  })
})

test('an image without labels has none, and one that is not there is undefined', async () => {
  const answer = JSON.stringify([{ Architecture: 'arm64', Config: { Labels: null } }])
  programs({ podman: `[ "$4" = here ] && echo '${answer}'` })
  const engine = { kind: 'podman', program: 'podman', isRootless: false } as const
  expect(await inspectImage(engine, 'here')).toEqual({ architecture: 'arm64', labels: {} })
  expect(await inspectImage(engine, 'elsewhere')).toBeUndefined()
})

test.each([
  ['Error: could not find slirp4netns', '--network host'],
  ['error setting rlimit type 7: operation not permitted: OCI permission denied', 'default_ulimits'],
  ['rootlessport listen tcp 127.0.0.1:80: bind: address already in use', '--publish'],
  ['exec /opt/kernel/entrypoint.sh: exec format error', '--tree'],
  ['OCI runtime error: the requested cgroup controller `cpu` is not available', '--no-limits'],
  ['something else', '--dry-run'],
])('%s: %s', (said, mend) => {
  expect(mendOf(said)).toContain(mend)
})
