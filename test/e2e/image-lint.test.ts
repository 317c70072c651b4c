import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { KRUNNER, krunner, temporaryFolder } from '../harness/krunner.ts'
import { openTerminal } from '../harness/terminal.ts'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'images')

const LABELS = {
  'ai.backend.kernelspec': '1',
  'ai.backend.features': 'batch query uid-match user-input',
  'ai.backend.base-distro': 'debian12',
  'ai.backend.runtime-type': 'python',
  'ai.backend.runtime-path': '/usr/bin/python3',
  'ai.backend.resource.min.cpu': '1',
  'ai.backend.resource.min.mem': '256m',
  'ai.backend.service-ports': 'web:http:8080,worker:tcp:9000',
}
const LABEL_LINE = `LABEL ${Object.entries(LABELS)
  .map(([name, value]) => `${name}="${value}"`)
  .join(' ')}`
const DEFINITION = JSON.stringify({ command: ['serve', '{ports[0]}'] })
const POLICY = 'diff_to_default: true\n'

interface Told {
  file: string
  line: number | null
  severity: string
  rule: string
  what: string
  mend: string
}

async function lint(
  ...args: string[]
): Promise<{ exitCode: number | undefined; images: { image: string; findings: Told[] }[] }> {
  const { exitCode, stdout } = await krunner('image', 'lint', '--json', ...args)
  return { exitCode, images: JSON.parse(stdout) }
}

function folderOf(files: Readonly<Record<string, string>>): string {
  return temporaryFolder({
    'policy.yml': POLICY,
    'service-defs/web.json': DEFINITION,
    'service-defs/worker.json': DEFINITION,
    ...files,
  })
}

const COPIES = 'COPY policy.yml /etc/backend.ai/jail/\nCOPY service-defs/ /etc/backend.ai/service-defs/'

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

describe('policy and definitions', () => {
  const FROM = `FROM debian:12\n${LABEL_LINE}\n`

  test.each([
    ['as files and a folder', COPIES],
    [
      'by a pattern',
      'COPY policy.yml /etc/backend.ai/jail/policy.yml\nCOPY service-defs/*.json /etc/backend.ai/service-defs/',
    ],
    [
      'in the shape of a list',
      'COPY ["policy.yml", "/etc/backend.ai/jail/policy.yml"]\nADD service-defs /etc/backend.ai/service-defs',
    ],
    [
      'by variables and a working folder',
      'ENV D=/etc/backend.ai\nWORKDIR $D\nCOPY policy.yml jail/\nWORKDIR service-defs\nCOPY service-defs/ ./',
    ],
  ])('are found %s', async (_, copies) => {
    const { images } = await lint(folderOf({ Dockerfile: FROM + copies }))
    expect(images[0]?.findings).toEqual([])
  })

  test('are found in a tree of the whole image', async () => {
    const folder = temporaryFolder({
      Dockerfile: `${FROM}COPY root/ /`,
      'root/etc/backend.ai/jail/policy.yml': 'fork_allowance: many',
      'root/etc/backend.ai/service-defs/web.json': DEFINITION,
      'root/etc/backend.ai/service-defs/worker.json': '{"command": []}',
      'root/etc/passwd': 'not a policy',
    })
    const { exitCode, images } = await lint(folder)
    expect(exitCode).toBe(1)
    expect(images[0]?.findings.map(({ file, rule }) => [file.slice(folder.length + 1), rule])).toEqual([
      ['root/etc/backend.ai/jail/policy.yml', 'policy'],
      ['root/etc/backend.ai/service-defs/worker.json', 'definition'],
    ])
  })

  test('that are wrong are told with their own file and line', async () => {
    const folder = folderOf({
      Dockerfile: FROM + COPIES,
      'policy.yml': 'diff_to_default: true\nfork_allowance: many\n',
      'service-defs/web.json': '{\n  "command": ["x"],\n  "shel": "sh"\n}',
      'service-defs/worker.json': '{\n  "command": ["x"],\n}',
    })
    const { exitCode, images } = await lint(folder)
    expect(exitCode).toBe(1)
    const told = images[0]?.findings.map(
      ({ file, line, what }) => `${file.slice(folder.length + 1)}:${line}: ${what}`,
    )
    expect(told).toContainEqual(expect.stringMatching(/^policy\.yml:2: fork_allowance: /))
    expect(told).toContainEqual("service-defs/web.json:3: 'shel': there is no such key; was 'shell' meant?")
    expect(told).toContainEqual(expect.stringMatching(/^service-defs\/worker\.json:3: it is no JSON: /))
  })

  test('whose templates cannot be filled in are told with their line', async () => {
    const folder = folderOf({
      Dockerfile: FROM + COPIES,
      'service-defs/web.json': JSON.stringify({ command: ['{runtime_path}', '{ports[1]}'] }, undefined, 1),
      'service-defs/worker.json': JSON.stringify({
        prestart: [
          { action: 'log', args: { message: '{host}' } },
          { action: 'run_command', args: { command: ['hostname'] }, ref: 'host' },
        ],
        command: ['{host[out]}', '{host[name]}', '{'],
      }),
    })
    const { images } = await lint(folder)
    const told = images[0]?.findings.map(({ file, line, what }) => [
      file.slice(folder.length + 14),
      line,
      what,
    ])
    expect(told).toEqual([
      ['web.json', 4, expect.stringMatching(/^'command\.1': the template part \{ports\[1\]\}/)],
      ['worker.json', 1, expect.stringMatching(/^'prestart\.0\.args\.message': .*'host'/)],
      ['worker.json', 1, expect.stringMatching(/^'command\.1': .*'name'/)],
      ['worker.json', 1, expect.stringMatching(/^'command\.2': .*brace/)],
    ])
  })

  test('in a here-document are told where they stand in the Dockerfile', async () => {
    const heredoc =
      'COPY <<POLICY /etc/backend.ai/jail/policy.yml\ndiff_to_default: true\nfork_allowance: many\nPOLICY'
    const folder = temporaryFolder({ Dockerfile: FROM + heredoc })
    const { images } = await lint(folder)
    expect(images[0]?.findings).toContainEqual(expect.objectContaining({ line: 5, rule: 'policy' }))
  })

  test('that are not in the context are errors, and another context can be named', async () => {
    const context = folderOf({})
    const folder = temporaryFolder({ Dockerfile: FROM + COPIES })
    const { exitCode, images } = await lint(folder)
    expect(exitCode).toBe(1)
    expect(images[0]?.findings.filter(({ rule }) => rule === 'file-missing')).toMatchObject([
      { line: 3, what: expect.stringContaining('policy.yml'), mend: expect.stringContaining('--context') },
      { line: 4, what: expect.stringContaining('service-defs/') },
    ])
    expect((await lint(folder, '--context', context)).exitCode).toBe(0)
  })

  test('that nobody copies, or names, are warnings', async () => {
    const folder = folderOf({
      Dockerfile: `${FROM}COPY service-defs/ /etc/backend.ai/service-defs/`,
      'service-defs/other.json': DEFINITION,
    })
    const { exitCode, images } = await lint(folder)
    expect(exitCode).toBe(0)
    expect(images[0]?.findings.map(({ severity, rule }) => `${severity} ${rule}`).sort()).toEqual([
      'warning policy-left',
      'warning service-unnamed',
    ])
  })

  test('that are no files are told, not read', async () => {
    const { images } = await lint(
      folderOf({
        Dockerfile: `${FROM}COPY /dev/zero /etc/backend.ai/jail/policy.yml\nCOPY ../../../../../../etc/shadow /etc/backend.ai/service-defs/web.json`,
      }),
    )
    const told = JSON.stringify(images)
    expect(told).toContain('there is no /dev/zero')
    expect(told).toContain('there is no ../../../../../../etc/shadow')
    expect(told).not.toContain('root:')
  })
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

describe('what cannot be looked at ends with 2, and the rest is looked at', () => {
  test.each([
    ['a file that is not there', () => './no/such/Dockerfile'],
    ['a folder without a Dockerfile', () => temporaryFolder({ a: '' })],
    ['JSON that is no image', () => join(temporaryFolder({ 'a.json': '{"a": 1}' }), 'a.json')],
    ['JSON that is none', () => join(temporaryFolder({ 'a.json': '{"a": ' }), 'a.json')],
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
