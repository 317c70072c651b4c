/** The policy and the service definitions that an image brings. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../harness/krunner.ts'
import { COPIES, DEFINITION, folderOf, LABEL_LINE, lint } from '../harness/lint.ts'

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
    expect(told).toContain("there is no '/dev/zero'")
    expect(told).toContain("there is no '../../../../../../etc/shadow'")
    expect(told).not.toContain('root:')
  })
})

test('a hundred thousand brackets are a few sentences', async () => {
  const folder = folderOf({
    Dockerfile: `FROM debian:12\n${LABEL_LINE}\n${COPIES}`,
    'policy.yml': `a: ${'['.repeat(100_000)}`,
    'service-defs/web.json': '['.repeat(100_000) + ']'.repeat(100_000),
  })
  const { exitCode, images } = await lint(folder)
  expect(exitCode).toBe(1)
  const rules = images[0]?.findings.map(({ rule }) => rule) ?? []
  expect(new Set(rules)).toEqual(new Set(['policy', 'definition']))
  expect(rules.length).toBeLessThan(50)
})

test('links that go out of the context, or in circles, are not followed', async () => {
  const folder = temporaryFolder({
    Dockerfile: `FROM debian:12\n${LABEL_LINE}\n${COPIES}\nCOPY circle ${'n'.repeat(5000)} /etc/backend.ai/`,
    'service-defs/web.json': DEFINITION,
  })
  symlinkSync('/etc/passwd', join(folder, 'policy.yml'))
  symlinkSync('/etc/passwd', join(folder, 'service-defs', 'worker.json'))
  symlinkSync('circle', join(folder, 'circle'))
  symlinkSync('..', join(folder, 'service-defs', 'above'))
  const { exitCode, images } = await lint(folder)
  expect(exitCode).toBe(1)
  const told = images[0]?.findings.map(({ line, rule }) => `${line} ${rule}`)
  expect(told).toEqual(expect.arrayContaining(['3 file-missing', '5 file-missing']))
  expect(JSON.stringify(images)).not.toContain('root:')
})
