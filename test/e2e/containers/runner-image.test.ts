/** `Dockerfile.runner`: the tree is built from nothing but the sources, and its image brings it to wherever it is mounted from. */
import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TREE, USER } from '../../harness/agent-container.ts'
import { containerNeeds, openContainer } from '../../harness/container-session.ts'
import { temporaryFolder } from '../../harness/krunner.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'
import { buildRunnerImage } from '../../toolchain/runner-image.ts'

const IMAGE = `localhost/krunner-test/runner-${process.pid}`
/** It installs what the project depends on, and compiles the driver of Go. */
const LONG = 900_000

describeWith([...containerNeeds('builder', 'busybox'), inPath('buildah')], "the runner's image", () => {
  beforeAll(() => buildRunnerImage(IMAGE), LONG)
  afterAll(() => void podman('image', 'rm', '--force', IMAGE))

  test('holds the tree, all of it, and nothing else', () => {
    const folder = copyTo(temporaryFolder())
    expect(readdirSync(folder).sort()).toEqual(['backend.ai', 'kernel'])
    for (const part of ['backend.ai/bin', 'backend.ai/app/native', 'backend.ai/licenses/npm', 'kernel'])
      expect(readdirSync(join(folder, part)), part).toEqual(readdirSync(join(TREE, 'opt', part)))
    const inside = podman(
      'run',
      '--rm',
      '--entrypoint=/opt/backend.ai/bin/node',
      IMAGE,
      '-p',
      'fs.readdirSync("/")',
    )
    // The engine's own mounts are there too.
    for (const name of JSON.parse(inside.replaceAll("'", '"')))
      expect(['dev', 'etc', 'opt', 'proc', 'run', 'sys']).toContain(name)
  })

  test('copies it as an init container does, as any user, and code runs with the copy in another image', async () => {
    const folder = copyTo(temporaryFolder(), `--user=${USER}`, '--read-only', '--cap-drop=all')
    const mounts = ['backend.ai', 'kernel'].map((part) => `${folder}/${part}:/opt/${part}:ro`)
    const session = await openContainer({ root: 'busybox', runtime: 'git', mounts, mayWarn: true })
    expect((await session.run('echo $((6 * 7))')).stdout).toBe('42\n')
  })

  test('is a volume for a container, as it is', () => {
    const mount = `--mount=type=image,source=${IMAGE},destination=/runner`
    const program = '/runner/opt/backend.ai/bin/krunner'
    expect(podman('run', '--rm', mount, `--entrypoint=${program}`, IMAGE, '--help')).toContain('serve')
  })
})

function copyTo(folder: string, ...options: string[]): string {
  chmodSync(folder, 0o777)
  podman('run', '--rm', ...options, '--volume', `${folder}:/tree`, IMAGE)
  return folder
}
