/** `krunner image build`: in what order, what a failure holds back, and how it goes on after a stop. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { containerNeeds } from '../../harness/container-session.ts'
import { TestEngine } from '../../harness/engine.ts'
import { KRUNNER, temporaryFolder } from '../../harness/krunner.ts'
import { until } from '../../harness/until.ts'
import { makeImage } from '../../toolchain/images.ts'
import { podman } from '../../toolchain/podman.ts'
import { describeWith, inPath } from '../../toolchain/requirement.ts'

/** Its namespace is a test's own, and its images are removed with it. */
function manifestOf(namespace: string, steps: Readonly<Record<string, string>>): string {
  const image = (name: string, ground: string) => `
  - name: ${name}
    title: ${name}
    runtime-type: git
    runtime-path: /bin/sh
    resources: { cpu: "1", mem: 128m }
    releases: [{ tags: [one], ${ground}, steps: [${JSON.stringify(steps[name] ?? 'true')}] }]`
  return `registry: localhost
namespace: ${namespace}
version: "1"
pythons: {}
distributions:
  small:
    package-manager: apk
    base-distro: alpine3.8
    versions: { "1": { base: "example.org/small:1" } }
accelerators: {}
frameworks: {}
services: {}
release-types: { kernels: {} }
images:${image('child', 'from: "parent:one"')}${image('parent', 'distribution: small 1')}${image('other', 'distribution: small 1')}
`
}

interface Place {
  readonly namespace: string
  readonly images: string
  build(...args: string[]): ReturnType<typeof start>
}

function start(images: string, base: string, args: readonly string[]) {
  const all = [
    'image',
    'build',
    '--images',
    images,
    '--engine',
    'buildah',
    '--base',
    `small:1=${base}`,
    ...args,
  ]
  return execa(KRUNNER, all, { env: new TestEngine('buildah').env, reject: false, stdin: 'ignore' })
}

const TEMPLATE = `ARG BASE_IMAGE={{ base }}
FROM $BASE_IMAGE
{% for step in image.steps %}
RUN {{ step }}
{% endfor %}
`

let count = 0

function place(base: string, steps: Readonly<Record<string, string>> = {}): Place {
  const folder = temporaryFolder()
  const images = join(folder, 'images')
  const namespace = `krunner-test-${process.pid}-${++count}`
  mkdirSync(join(folder, 'policies'))
  mkdirSync(join(images, 'templates'), { recursive: true })
  writeFileSync(join(folder, 'policies/default.yml'), '{}\n')
  writeFileSync(join(images, 'templates/image.j2'), TEMPLATE)
  writeFileSync(join(images, 'manifest.yml'), manifestOf(namespace, steps))
  return { namespace, images, build: (...args) => start(images, base, args) }
}

function remove({ namespace }: Place): void {
  for (const name of ['child', 'parent', 'other'])
    podman('rmi', '--force', '--ignore', `localhost/${namespace}/${name}:one`)
}

function outcomes(stdout: string): Record<string, string> {
  const lines = [
    ...stdout.matchAll(/^localhost\/\S+\/(\w+):one\s+(built|is up to date|failed|left out|stopped)/gm),
  ]
  return Object.fromEntries(lines.map(([, name = '', outcome = '']) => [name, outcome]))
}

describeWith([...containerNeeds('busybox'), inPath('buildah')], 'krunner image build', () => {
  let base = ''
  beforeAll(() => {
    base = `${makeImage('busybox')}:latest`
  })

  test('builds each image after the one that it is built upon, and nothing twice', async () => {
    const here = place(base)
    const first = await here.build('--jobs', '3')
    expect(first.exitCode, first.stderr).toBe(0)
    expect(outcomes(first.stdout)).toEqual({ child: 'built', parent: 'built', other: 'built' })
    const order = [...first.stderr.matchAll(/^\[\d\/3\] (\w+):one built in [\d.]+ s, \d+ (KiB|MiB)$/gm)].map(
      ([, name]) => name,
    )
    expect(order.indexOf('parent')).toBeLessThan(order.indexOf('child'))
    const { images } = JSON.parse(readFileSync(join(here.images, '.build/metadata.json'), 'utf8'))
    const made = { digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), size: expect.any(Number) }
    expect(images).toMatchObject([made, made, made])
    const again = await here.build()
    expect(outcomes(again.stdout)).toEqual({
      child: 'is up to date',
      parent: 'is up to date',
      other: 'is up to date',
    })
    remove(here)
  })

  test('what has changed is built again, and what is built upon it', async () => {
    const here = place(base)
    await here.build()
    writeFileSync(
      join(here.images, 'manifest.yml'),
      manifestOf(here.namespace, { parent: 'echo changed > /changed' }),
    )
    const refused = await here.build()
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/parent\/Dockerfile\.one.*--overwrite/),
    ])
    await execa(KRUNNER, ['image', 'generate', '--overwrite', '--images', here.images])
    const { stdout } = await here.build()
    expect(outcomes(stdout)).toEqual({ child: 'built', parent: 'built', other: 'is up to date' })
    remove(here)
  })

  test('a failure holds back what is built upon it, and its log is kept', async () => {
    const here = place(base, { parent: 'echo what went wrong; exit 3' })
    const { exitCode, stdout } = await here.build()
    expect(exitCode).toBe(1)
    expect(outcomes(stdout)).toEqual({ child: 'left out', parent: 'failed', other: 'built' })
    const logs = join(here.images, '.build/logs')
    expect(readdirSync(logs)).toEqual(['parent-one.log'])
    expect(readFileSync(join(logs, 'parent-one.log'), 'utf8')).toContain('what went wrong')
    remove(here)
  })

  test('Ctrl-C stops what runs, and the same command goes on', async () => {
    const here = place(base, { child: 'echo begun; while true; do sleep 1; done' })
    const running = here.build('--jobs', '1')
    const log = join(here.images, '.build/logs/child-one.log')
    await until('the child is built', () => existsSync(log) && readFileSync(log, 'utf8').includes('begun'))
    running.kill('SIGINT')
    const stopped = await running
    expect(stopped.exitCode).toBe(130)
    expect(outcomes(stopped.stdout)).toMatchObject({ child: 'stopped', parent: 'built' })
    expect(stopped.stdout).toContain('the same command goes on from here')
    writeFileSync(join(here.images, 'manifest.yml'), manifestOf(here.namespace, {}))
    await execa(KRUNNER, ['image', 'generate', '--overwrite', '--images', here.images])
    const { stdout } = await here.build()
    expect(outcomes(stdout)).toMatchObject({
      child: 'built',
      parent: 'is up to date',
      other: expect.stringMatching(/built|up to date/),
    })
    remove(here)
  })

  test('a dry run prints exactly what is run, for every engine', async () => {
    const here = place(base)
    const { stdout } = await here.build('--dry-run', 'child')
    const folderOf = (name: string) => `${here.images}/generated/${name}`
    expect(stdout.split('\n')).toEqual([
      `buildah build --layers --pull=false --build-arg BASE_IMAGE=${base} --file ${folderOf('parent')}/Dockerfile.one --tag localhost/${here.namespace}/parent:one ${folderOf('parent')}`,
      `buildah build --layers --pull=false --file ${folderOf('child')}/Dockerfile.one --tag localhost/${here.namespace}/child:one ${folderOf('child')}`,
    ])
    for (const engine of ['podman', 'docker']) {
      const other = await here.build('--dry-run', '--engine', engine, 'child')
      expect(other.stdout).toMatch(
        new RegExp(`^${engine} build .*--tag localhost/${here.namespace}/parent:one `),
      )
    }
  })
})
