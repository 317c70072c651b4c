import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { KRUNNER, krunner, temporaryFolder } from '../harness/krunner.ts'

interface Listed {
  readonly type: string
  readonly executable: string | null
  readonly version: string | null
  readonly missing: string | null
}

test('every runtime is listed with its executable and version, what is missing as such', async () => {
  const list = await listIn({
    python3: '#!/bin/sh\necho "Python 3.99.1"\n',
    lua: '#!/bin/sh\necho Lua 5.9 >&2\n',
  })
  const of = (type: string) => list.find((each) => each.type === type)
  expect(of('python')).toMatchObject({
    version: '3.99.1',
    executable: expect.stringMatching(/\/python3$/),
    missing: null,
  })
  expect(of('lua')).toMatchObject({ version: '5.9', missing: null })
  expect(of('java')).toMatchObject({
    executable: null,
    version: null,
    missing: expect.stringContaining('java'),
  })
  expect(of('app')).toMatchObject({ executable: null, missing: null })
})

test('an executable that fails, or says no version, is listed without one', async () => {
  const list = await listIn({
    python3: '#!/bin/sh\nexit 1\n',
    lua: '#!/bin/sh\necho no number\n',
    java: 'no program',
  })
  for (const type of ['python', 'lua', 'java'])
    expect(list.find((each) => each.type === type)).toMatchObject({ version: null, missing: null })
})

test("a JVM's and Scala's own words are read as they mean", async () => {
  const list = await listIn({
    java: '#!/bin/sh\nprintf \'Picked up JAVA_TOOL_OPTIONS: -Dx=1.5\\nopenjdk version "1.8.0_442"\\n\' >&2\n',
    scala: "#!/bin/sh\nprintf 'Scala code runner version: 1.4.3\\nScala version (default): 3.5.2\\n'\n",
  })
  expect(list.find(({ type }) => type === 'java')?.version).toBe('1.8.0_442')
  expect(list.find(({ type }) => type === 'scala')?.version).toBe('3.5.2')
})

test('the list is text without colours in a pipe', async () => {
  const { stdout, exitCode } = await krunner('runtimes')
  expect(stdout).toMatch(/^TYPE +ALIASES/)
  expect(stdout).toMatch(/^python .*yes/m)
  expect(stdout).not.toContain('\x1b')
  expect(exitCode).toBe(0)
})

/** With these programs and no others in PATH, but for what `krunner` itself needs. */
async function listIn(programs: Readonly<Record<string, string>>): Promise<Listed[]> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'bin'))
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 })
  for (const name of ['sh', 'readlink', 'printf']) symlinkSync(`/bin/${name}`, join(folder, 'bin', name))
  const { stdout } = await execa(KRUNNER, ['runtimes', '--json'], {
    cwd: folder,
    env: { PATH: join(folder, 'bin') },
    extendEnv: false,
  })
  return JSON.parse(stdout)
}
