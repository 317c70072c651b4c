import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { KRUNNER, krunner, temporaryFolder } from '../harness/krunner.ts'
import { COPIES, folderOf, LABEL_LINE, LABELS, lint } from '../harness/lint.ts'
import { openTerminal } from '../harness/terminal.ts'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'images')

describe('the examples that every author begins with', () => {
  test.each([
    ['ubuntu', []],
    ['cuda', ['warning accelerator-missing']],
    ['tpu', ['warning accelerator-missing']],
    ['alpine', ['note library-path']],
  ])('%s has no error', async (name, told) => {
    const { exitCode, images } = await lint(join(FIXTURES, name))
    expect(exitCode).toBe(0)
    expect(images[0]?.findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(told)
  })
})

test('many at once are each told, and one error is enough', async () => {
  const { exitCode, stdout } = await krunner(
    'image',
    'lint',
    join(FIXTURES, 'ubuntu', 'Dockerfile'),
    folderOf({ Dockerfile: `FROM debian:12\n${LABEL_LINE}\nLABEL ai.backend.role=none\n${COPIES}` }),
  )
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/ubuntu\/Dockerfile: nothing is wrong\n/)
  expect(stdout).toMatch(
    /Dockerfile:3: error: ai\.backend\.role: 'none' is none of COMPUTE, .*; write one of .*\n/,
  )
  expect(stdout).toMatch(/Dockerfile: 1 error, 0 warnings, 0 notes$/)
  // No colours into a pipe; the next test has a terminal.
  expect(stdout).not.toContain('\u001b')
})

test('on a terminal it has colours', async () => {
  const folder = temporaryFolder({ Dockerfile: 'FROM a\nLABEL ai.backend.role=none' })
  const terminal = openTerminal([KRUNNER, 'image', 'lint', folder])
  expect(await terminal.ended()).toBe(1)
  expect(terminal.written).toContain('\u001b[31merror\u001b[39m: ai.backend.role')
  expect(terminal.written).toContain('\u001b[36mnote\u001b[39m: ')
})

describe('descriptions in JSON', () => {
  const config = (labels: Readonly<Record<string, string>>) => ({
    Labels: labels,
    Env: ['PATH=/bin', 'LD_LIBRARY_PATH=/opt/backend.ai/lib'],
    User: 'nobody',
  })
  const BAD = { ...LABELS, 'ai.backend.runtime-type': 'pyhton', 'ai.backend.feature': 'x' }

  test.each([
    ['an OCI configuration', { architecture: 'amd64', os: 'linux', config: config(BAD), rootfs: {} }],
    ['podman inspect', [{ Id: 'x', RepoTags: [], Labels: BAD, Config: config(BAD) }]],
    ['docker inspect', [{ Id: 'x', RepoTags: ['a:1', 'b:1'], Config: config(BAD) }]],
    ['buildah inspect', { Type: 'buildah', FromImage: '', OCIv1: { config: config(BAD) } }],
    ['skopeo inspect', { Name: 'a', Labels: BAD, Env: config(BAD).Env }],
  ])('%s', async (_, description) => {
    const folder = temporaryFolder({
      'image.json': JSON.stringify(description, undefined, 2),
      'policy.yml': 'nothing: 1',
    })
    const file = join(folder, 'image.json')
    const { exitCode, images } = await lint(file)
    expect(exitCode).toBe(1)
    const rules = images[0]?.findings.map(({ rule }) => rule)
    expect(rules).toEqual(
      expect.arrayContaining(['runtime-unknown', 'label-unknown', 'library-path', 'policy']),
    )
    const lines = readFileSync(file, 'utf8').split('\n')
    const unknown = images[0]?.findings.find(({ rule }) => rule === 'label-unknown')
    expect(lines[(unknown?.line ?? 0) - 1]).toContain('"ai.backend.feature"')
  })

  test('several images in one are several', async () => {
    const two = [
      { RepoTags: ['one:1'], Config: config(LABELS) },
      { RepoTags: ['two:1'], Config: config(BAD) },
    ]
    const folder = temporaryFolder({ 'images.json': JSON.stringify(two) })
    const { images } = await lint(join(folder, 'images.json'))
    expect(images.map(({ image }) => image)).toEqual(['one:1', 'two:1'])
  })

  test('an image without labels is an error', async () => {
    const folder = temporaryFolder({ 'a.json': '[{"Config": {"Labels": null}}]' })
    expect((await lint(join(folder, 'a.json'))).images[0]?.findings).toMatchObject([
      { rule: 'label-missing' },
    ])
  })
})

const INDEX = JSON.stringify({ manifests: [{ digest: `sha256:${'a'.repeat(64)}` }] })

describe('what cannot be looked at ends with 2, and the rest is looked at', () => {
  test.each([
    ['a file that is not there', () => './no/such/Dockerfile'],
    ['a folder without a Dockerfile', () => temporaryFolder({ a: '' })],
    ['JSON that is no image', () => join(temporaryFolder({ 'a.json': '{"a": 1}' }), 'a.json')],
    ['JSON that is none', () => join(temporaryFolder({ 'a.json': '{"a": ' }), 'a.json')],
    ['a layout without its manifest', () => temporaryFolder({ 'oci-layout': '{}', 'index.json': INDEX })],
    [
      'a layout that leads out of it',
      () => temporaryFolder({ 'oci-layout': '{}', 'index.json': INDEX.replace('sha256:', '../') }),
    ],
    ['labels that are no texts', () => join(temporaryFolder({ 'a.json': '{"Labels": {"a": 1}}' }), 'a.json')],
    ['a device', () => '/dev/zero'],
    ['a file with NUL bytes', () => join(temporaryFolder({ Dockerfile: 'FROM a\0b' }), 'Dockerfile')],
    ['an image that nobody has', () => 'example.invalid/no/such/image:1'],
  ])('%s', async (_, subject) => {
    const asked = subject()
    const { exitCode, stdout, stderr } = await krunner('image', 'lint', asked, join(FIXTURES, 'ubuntu'))
    expect(exitCode).toBe(2)
    expect(stderr).toContain(asked)
    expect(stdout).toContain('nothing is wrong')
  })

  test.each([[[]], [['--build-arg', 'no-value', '.']], [['--no-such', '.']]])(
    'bad arguments: %j',
    async (args) => {
      expect((await krunner('image', 'lint', ...args)).exitCode).toBe(2)
    },
  )
})
