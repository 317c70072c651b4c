/** Images that a real builder has made, looked at by their names. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { expect, test, vi } from 'vitest'
import { krunner, temporaryFolder } from '../harness/krunner.ts'
import { describeWith, inPath, rootUser } from '../toolchain/requirement.ts'

/** Each is what both builders and we understand. */
const DOCKERFILE = String.raw`# syntax=docker/dockerfile:1
ARG VERSION=3
ARG MEMORY
FROM scratch AS base
LABEL ai.backend.kernelspec 1
LABEL ai.backend.base-distro=debian12 ai.backend.runtime-type="python"
ENV BIN=/usr/bin
FROM base AS last
ARG VERSION
ARG MEMORY=256m
ENV NAME=python$VERSION
LABEL ai.backend.runtime-path="$BIN/$NAME" \
      # a comment
      ai.backend.resource.min.mem=$MEMORY \

      ai.backend.resource.min.cpu='1' \
      ai.backend.features=batch\ query\ uid-match org.note="a \"b\" \$c"
LABEL ai.backend.service-ports="jupyter:http:8080,ipython:pty:3000"
LABEL ai.backend.feature=x
`

describeWith([rootUser(), inPath('buildah')], 'an image that was built', () => {
  /** Engines with a storage of the test's own. */
  function engines(): (dockerfile: string) => string {
    const storage = temporaryFolder()
    const settings = `[storage]\ndriver = "vfs"\ngraphroot = "${storage}/graph"\nrunroot = "${storage}/run"\n`
    vi.stubEnv('CONTAINERS_STORAGE_CONF', join(temporaryFolder({ 'storage.conf': settings }), 'storage.conf'))
    return (dockerfile) => {
      const folder = temporaryFolder({ Dockerfile: dockerfile })
      const name = `localhost/krunner-test:${randomUUID()}`
      execaSync('buildah', ['bud', '-q', '--isolation', 'chroot', '-t', name, folder], { stdin: 'ignore' })
      return name
    }
  }

  test('has the labels that its Dockerfile is read to have', async () => {
    const image = engines()(DOCKERFILE)
    const folder = temporaryFolder({ Dockerfile: DOCKERFILE })
    const json = execaSync('buildah', ['inspect', '--type', 'image', image]).stdout
    const { OCIv1 } = JSON.parse(json) as { OCIv1: { config: { Labels: Record<string, string> } } }
    expect(OCIv1.config.Labels).toMatchObject({
      'ai.backend.runtime-path': '/usr/bin/python3',
      'ai.backend.resource.min.mem': '256m',
      'ai.backend.features': 'batch query uid-match',
      'org.note': 'a "b" $c',
    })
    // The same is wrong with it, however it is looked at.
    for (const subject of [folder, image]) {
      const { exitCode, stdout } = await krunner('image', 'lint', '--json', subject)
      expect(exitCode).toBe(1)
      const [linted] = JSON.parse(stdout)
      const errors = linted.findings.filter(({ severity }: { severity: string }) => severity !== 'note')
      expect(errors).toMatchObject([{ severity: 'error', rule: 'label-unknown' }])
      expect(errors[0].file).toBe(subject === image ? image : join(folder, 'Dockerfile'))
    }
  })

  test('and saved as a folder says the same', async () => {
    const image = engines()(DOCKERFILE)
    const folder = join(temporaryFolder(), 'saved')
    execaSync('buildah', ['push', '-q', image, `oci:${folder}:the-name`])
    const { exitCode, stdout } = await krunner('image', 'lint', folder)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/blobs\/sha256\/[0-9a-f]{64}:1: error: there is no label 'ai.backend.feature'/)
    expect(stdout).toContain('the-name: 1 error, 0 warnings, 0 notes')
  })

  test('lends its labels to who is made from it', async () => {
    const base = engines()(DOCKERFILE)
    const folder = temporaryFolder({ Dockerfile: `FROM ${base}\nLABEL ai.backend.role=COMPUTE\nUSER nobody` })
    const { exitCode, stdout } = await krunner('image', 'lint', folder)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`Dockerfile:1: error: there is no label 'ai.backend.feature'`)
    expect(stdout).toContain('Dockerfile:3: warning: it starts as user')
    expect(stdout).not.toContain('is missing')
  })

  test('is unknown under another name, and that is said', async () => {
    engines()('FROM scratch\nLABEL a=b')
    const { exitCode, stdout, stderr } = await krunner('image', 'lint', 'localhost/krunner-test:another')
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/'localhost\/krunner-test:another'.*(podman|buildah): /)
  })
})
