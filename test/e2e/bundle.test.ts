/** The tree that is mounted into containers: what is in it, that it is the same wherever it was built, and what user code sees of it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { execaSync } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../scripts/tree/app.ts'
import { pack } from '../../scripts/tree/archive.ts'
import { readElf } from '../../scripts/tree/elf.ts'
import { type Arch, targetOf } from '../../scripts/tree/target.ts'
import { temporaryFolder } from '../harness/krunner.ts'
import { openSession } from '../harness/session.ts'
import { describeWith, inPath, programThere } from '../toolchain/requirement.ts'
import { PROJECT } from '../unit/source-files.ts'

const NAME = `krunner-linux-${process.arch}`
const TREE = join(PROJECT, 'dist', NAME)
const HOME = join(TREE, 'opt/backend.ai')
const MOST = 60 * 2 ** 20
/** Two builds, and two archives. */
const LONG = 300_000

/** What an agent's mounts and command line name, and what services need. */
const PROGRAMS = [
  'opt/kernel/entrypoint.sh',
  'opt/backend.ai/bin/python',
  'opt/backend.ai/bin/krunner',
  'opt/backend.ai/bin/node',
  'opt/backend.ai/bin/dropbear',
  'opt/backend.ai/bin/dropbearkey',
  'opt/backend.ai/bin/sftp-server',
]

describeWith([programThere(join(HOME, 'bin/python')), inPath('tar'), inPath('python3')], 'the tree', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'krunner-test-'))
  /** Of another clone, in another place. */
  const other = join(scratch, 'out', NAME)

  beforeAll(() => buildElsewhere(join(scratch, 'another clone'), dirname(other)), LONG)
  afterAll(() => rmSync(scratch, { recursive: true }))

  test('has what agents start, for any user, and static', () => {
    for (const path of PROGRAMS) {
      expect(statSync(join(TREE, path)).mode & 0o777, path).toBe(0o755)
      expect(readElf(join(TREE, path))?.needed, path).toEqual([])
    }
    for (const path of filesOf(TREE)) expect(statSync(join(TREE, path)).mode & 0o044, path).toBe(0o044)
  })

  test('has each library that a file in it wants, the loader among them', () => {
    const libraries = readdirSync(join(HOME, 'lib'))
    const elves = filesOf(HOME).filter((path) => /^(lib|app\/native)\//.test(path))
    const wanted = elves.flatMap((path) => readElf(join(HOME, path))?.needed ?? [])
    expect(wanted.length).toBeGreaterThan(10)
    expect(libraries).toEqual(expect.arrayContaining(wanted))
    expect(libraries.some((name) => name.startsWith('ld-linux'))).toBe(true)
  })

  test('is equal byte by byte, and mode by mode, to that of another clone; and so is its archive, of at most 60 MiB', {
    timeout: LONG,
  }, async () => {
    expect(digestsOf(other)).toEqual(digestsOf(TREE))
    const archives = [join(scratch, 'one.tar.zst'), `${other}.tar.zst`] as const
    pack(TREE, archives[0])
    expect(digestOf(archives[0])).toBe(digestOf(archives[1]))
    expect(statSync(archives[0]).size).toBeLessThan(MOST)
  })

  test('names no place of this machine', () => {
    const naming = filesOf(TREE).filter((path) => {
      const bytes = readFileSync(join(TREE, path))
      return [PROJECT, scratch].some((place) => bytes.includes(place))
    })
    expect(naming).toEqual([])
  })

  test('has the licence of each npm package in it, of Node, the libraries, the programs and the driver of Go', async () => {
    const licences = join(HOME, 'licenses')
    const app = join(scratch, 'app')
    const packages = await buildApp(PROJECT, await targetOf(PROJECT, process.arch as Arch), app)
    expect(packages).toEqual(expect.arrayContaining(['@xterm/xterm', 'acorn', 'pino', 'ws', 'zeromq']))
    const folders = [
      ...[...packages, 'node'].map((name) => `npm/${name}`),
      ...['libc6', 'libstdc++6', 'libgcc-s1', 'dropbear-bin', 'openssh-sftp-server'].map(
        (name) => `debian/${name}`,
      ),
    ]
    for (const folder of folders) {
      const texts = readdirSync(join(licences, folder))
      expect(texts.length, folder).toBeGreaterThan(0)
      for (const text of texts)
        expect(statSync(join(licences, folder, text)).size, folder).toBeGreaterThan(100)
    }
    expect(readdirSync(join(licences, 'golang'))).toEqual(['go', 'yaegi'])
  })

  test('runs from any folder, by any name that leads there, and is a process of that name', () => {
    const folder = temporaryFolder()
    cpSync(other, join(folder, 'a folder'), { recursive: true })
    const [bin, link] = [join(folder, 'a folder/opt/backend.ai/bin'), join(folder, 'link')]
    symlinkSync(join(bin, 'krunner'), link)
    for (const program of [link, join(bin, 'python')])
      expect(execaSync(program, ['serve', '--help']).stdout).toContain('run the daemon')
    const script = "require('fs').readFileSync('/proc/self/cmdline', 'utf8').split('\\0')"
    const seen = execaSync(join(bin, 'node'), [
      '-p',
      `JSON.stringify([process.execPath, ...${script}.slice(0, 2)])`,
    ])
    expect(JSON.parse(seen.stdout)).toEqual([join(bin, 'node'), join(bin, 'node'), '-p'])
  })

  test("starts with V8's code of it", () => {
    const app = join(HOME, 'app')
    const script = `new vm.Script(fs.readFileSync('${app}/krunner.js', 'utf8'), { filename: 'krunner.js', cachedData: fs.readFileSync('${app}/krunner.cache') }).cachedDataRejected`
    expect(execaSync(join(HOME, 'bin/node'), ['-p', script]).stdout).toBe('false')
  })

  test('copies itself, and from there it runs', () => {
    const folder = temporaryFolder()
    execaSync(join(HOME, 'bin/krunner'), ['copy-tree', folder])
    expect(digestsOf(folder)).toEqual(digestsOf(join(TREE, 'opt')))
    expect(execaSync(join(folder, 'backend.ai/bin/krunner'), ['--help']).stdout).toContain('serve')
  })

  test('obeys nothing that the image says to loaders and to Node; user code has all of it, and nothing of ours', async () => {
    const said = {
      LD_LIBRARY_PATH: '/image/lib',
      LD_PRELOAD: join(TREE, 'opt/kernel/libbaihook.so'),
      NODE_OPTIONS: '--no-such-option',
      NODE_PATH: '/image/modules',
      GLIBC_TUNABLES: 'glibc.malloc.check=0',
      SSL_CERT_FILE: '/image/certificates',
    }
    const session = await openSession({
      runtime: 'python',
      program: [join(HOME, 'bin/python')],
      env: { ...process.env, ...said },
    })
    const { stdout } = await session.run(
      `import json, os, shutil\nprint(json.dumps([dict(os.environ), open('/proc/self/maps').read(), shutil.which('krunner')]))`,
    )
    const [environment, maps, program] = JSON.parse(stdout)
    const hook = join(HOME, 'app/native/libkrunner-input.so')
    expect(environment).toMatchObject({ ...said, LD_PRELOAD: `${hook}:${said.LD_PRELOAD}` })
    expect(Object.keys(environment).filter((name) => name.startsWith('KRUNNER_HIDDEN'))).toEqual([])
    expect(environment.PATH).not.toContain(HOME)
    expect(program).toBeNull()
    expect(librariesIn(maps)).toEqual([hook, said.LD_PRELOAD].sort())
    const daemon = readFileSync(`/proc/${session.pid}/maps`, 'utf8')
    expect(daemon).not.toContain('libbaihook')
  })

  test('runs JavaScript on its own Node where the image has none, and sees its questions', async () => {
    const files = {
      'main.js': `const lines = require('readline').createInterface({ input: process.stdin, output: process.stdout })
lines.question('name? ', (name) => { console.log('hello', name, process.env.NODE_PATH); process.exit() })\n`,
    }
    const env = { PATH: temporaryFolder(), NODE_PATH: '/image/modules' }
    const session = await openSession({ runtime: 'nodejs', program: [join(HOME, 'bin/python')], env, files })
    const { exec } = await session.client.batch(
      { clean: '*', build: '*', exec: '*' },
      { onQuestion: () => 'Ann' },
    )
    expect(exec).toMatchObject({ exitCode: 0, stdout: 'name? hello Ann /image/modules\n' })
    expect((await session.run('process.execPath')).stdout).toBe(`'${join(HOME, 'bin/node')}'\n`)
  })
})

/** All that a fresh clone would have, with the drivers of Go that were built before; its builder keeps his files to himself. */
function buildElsewhere(clone: string, out: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: PROJECT,
  })
  for (const path of listed.toString().split('\0').filter(Boolean))
    cpSync(join(PROJECT, path), join(clone, path))
  for (const name of ['node_modules', '.cache']) symlinkSync(join(PROJECT, name), join(clone, name))
  execaSync('sh', ['-c', 'umask 077; exec "$0" scripts/bundle.ts --out "$1"', process.execPath, out], {
    cwd: clone,
  })
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function digestsOf(folder: string): string[] {
  return filesOf(folder).map((path) => {
    const mode = (statSync(join(folder, path)).mode & 0o777).toString(8)
    return `${path} ${mode} ${digestOf(join(folder, path))}`
  })
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Of the project, by their whole paths. */
function librariesIn(maps: string): string[] {
  const paths = maps.split('\n').map((line) => line.slice(line.indexOf('/')))
  return [...new Set(paths.filter((path) => path.startsWith(PROJECT)))].sort()
}
