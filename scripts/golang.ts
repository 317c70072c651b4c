/**
 * Builds the driver of Go sessions: the interpreter yaegi, pinned by the driver's own go.mod and go.sum, with our
 * edits, and with the types of Go's library. It takes a minute, so what was built is kept in `.cache/golang/`.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'

/** Minor version of Go 1: the language that sessions have, whose type checker comes with it. */
const OLDEST = 22
const RELEASE = `golang.org/toolchain@v0.0.1-go1.22.12.linux-${nameOf(process.arch)}`
const INTERPRETER = 'github.com/traefik/yaegi'
const PROGRAM = 'krunner-golang'
const LICENCES = 'licenses'
/** Debian's Go has its licence elsewhere. */
const GO_OF_DEBIAN = '/usr/share/doc/golang-*-go/copyright'
/** Nothing of the user's own settings, and no toolchain but the machine's. */
const ENVIRONMENT: Record<string, string> = {
  CGO_ENABLED: '0',
  GOFLAGS: '',
  GO111MODULE: 'on',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
}
/** Go's own sources of a package that the interpreter gets in source, as all of it is generic. */
const SOURCES = [
  'slices/slices.go',
  'slices/sort.go',
  'slices/zsortanyfunc.go',
  'slices/zsortordered.go',
  'cmp/cmp.go',
]

/** Packages that the interpreter has in files of other names. */
const WITHOUT_FILE = ['os_exec', 'syscall']

interface Edit {
  readonly why: string
  readonly from: string
  readonly to: string
}

/** Into `folder`. Without Go there is none, and a session of Go says so: batch needs the image's Go alone. */
export async function buildGoDriver(
  root: string,
  folder: string,
  arch: string = process.arch,
): Promise<void> {
  ENVIRONMENT.GOARCH = nameOf(arch)
  const source = join(root, 'runtimes', 'golang', 'driver')
  const version = await findGo(root, source)
  if (!isEnough(version)) return skip(version ? `the Go in PATH is ${version}` : 'there is no Go in PATH')
  const kept = join(root, '.cache', 'golang', nameOf(arch), digest(source, version))
  if (!existsSync(join(kept, PROGRAM))) {
    console.log('building the driver of Go sessions: about a minute, this once')
    const failure = await build(source, kept)
    if (failure && process.env.CI) throw new Error(failure)
    if (failure) return skip(failure)
  }
  cpSync(kept, folder, { recursive: true })
}

/** As Go calls an architecture. */
function nameOf(arch: string): string {
  return arch === 'x64' ? 'amd64' : arch
}

function skip(why: string): void {
  console.log(`${why}: sessions of Go have no driver (Go 1.${OLDEST} or later, and a build anew, mends it)`)
}

/** The version of the Go that builds: the one in PATH, or where that is too old a newer one that it can fetch. */
async function findGo(root: string, source: string): Promise<string> {
  const version = await goVersion(source)
  if (version === '' || isEnough(version)) return version
  const fetched = await fetchGo(join(root, '.cache', 'go'), source)
  if (!fetched) return version
  ENVIRONMENT.PATH = `${join(fetched, 'bin')}:${process.env.PATH}`
  return goVersion(source)
}

function isEnough(version: string): boolean {
  return Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0) >= OLDEST
}

/** Go's releases are modules, too: from the same proxy, against the same checksums. Undefined where that fails. */
async function fetchGo(folder: string, source: string): Promise<string | undefined> {
  if (existsSync(join(folder, 'bin', 'go'))) return folder
  console.log(`fetching ${RELEASE}`)
  const { stdout, failed } = await go(dirname(source), ['mod', 'download', '-json', RELEASE])
  if (failed) return undefined
  const { Dir } = JSON.parse(stdout) as { Dir: string }
  cpSync(Dir, `${folder}.new`, { recursive: true })
  // Modules have no programs, so none is executable.
  await execa('chmod', ['-R', 'u+w,a+x', `${folder}.new`])
  renameSync(`${folder}.new`, folder)
  return folder
}

/** `go1.22.5`, or nothing where there is no Go. */
async function goVersion(folder: string): Promise<string> {
  const { stdout, failed } = await go(folder, ['env', 'GOVERSION'])
  return failed ? '' : stdout.trim()
}

function go(folder: string, args: readonly string[]) {
  return execa('go', args, { cwd: folder, env: ENVIRONMENT, reject: false, stripFinalNewline: true })
}

function digest(source: string, version: string): string {
  const hash = createHash('sha256')
    .update(version)
    .update(readFileSync(import.meta.filename))
  for (const name of globSync('**/*', { cwd: source, exclude: ['types.zip'] }).sort())
    if (/\.\w+$/.test(name)) hash.update(`${name}\n`).update(readFileSync(join(source, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Says why where it fails. What earlier builds left is removed: one is enough. */
async function build(source: string, kept: string): Promise<string | undefined> {
  const work = `${kept}.new`
  rmSync(join(kept, '..'), { recursive: true, force: true })
  cpSync(source, join(work, 'driver'), { recursive: true })
  for (const step of [editInterpreter, copyLicences, packTypes, compile]) {
    const failure = await step(join(work, 'driver'), work)
    if (failure) return failure
  }
  mkdirSync(kept, { recursive: true })
  renameSync(join(work, PROGRAM), join(kept, PROGRAM))
  renameSync(join(work, LICENCES), join(kept, LICENCES))
  // The copies of modules are read-only.
  await execa('chmod', ['-R', 'u+w', work])
  rmSync(work, { recursive: true })
  return undefined
}

/** The module as go.sum has it, and our edits in a copy, which a `replace` puts in its place. */
async function editInterpreter(driver: string, work: string): Promise<string | undefined> {
  const { stdout, failed, stderr } = await go(driver, ['mod', 'download', '-json', INTERPRETER])
  if (failed) return `Go cannot fetch ${INTERPRETER}: ${stderr || stdout}`
  const { Dir } = JSON.parse(stdout) as { Dir: string }
  const copy = join(work, 'yaegi')
  for (const part of ['LICENSE', 'go.mod', 'interp', 'stdlib', 'internal'])
    cpSync(join(Dir, part), join(copy, part), { recursive: true, filter: (file) => !/_test\.go$/.test(file) })
  await execa('chmod', ['-R', 'u+w', copy])
  const overlay = join(driver, 'overlay')
  const edits = JSON.parse(readFileSync(join(overlay, 'edits.json'), 'utf8')) as Record<string, Edit[]>
  for (const [name, list] of Object.entries(edits)) {
    const file = join(copy, 'interp', name)
    writeFileSync(file, list.reduce(applyEdit, readFileSync(file, 'utf8')))
  }
  for (const name of ['krunner', 'errors', 'assertions'])
    renameSync(join(overlay, `interp_${name}.go`), join(copy, 'interp', `krunner_${name}.go`))
  const replaced = await go(driver, ['mod', 'edit', '-replace', `${INTERPRETER}=../yaegi`])
  return replaced.failed ? replaced.stderr : undefined
}

/** Of the interpreter, and of Go, whose library is in the program too. */
async function copyLicences(driver: string, work: string): Promise<string | undefined> {
  const { stdout: home } = await go(driver, ['env', 'GOROOT'])
  const texts = {
    go: [join(home, 'LICENSE'), ...globSync(GO_OF_DEBIAN)],
    yaegi: [join(work, 'yaegi', 'LICENSE')],
  }
  for (const [name, places] of Object.entries(texts)) {
    const text = places.find(existsSync)
    if (!text) return `there is no licence of ${name} in ${places.join(', ')}`
    mkdirSync(join(work, LICENCES), { recursive: true })
    cpSync(text, join(work, LICENCES, name))
  }
  return undefined
}

/** `<indent>` stands for any white space. Throws where the interpreter has no such place. */
function applyEdit(text: string, { from, to, why }: Edit): string {
  const literal = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('<indent>', '(\\s*)')
  const pattern = new RegExp(literal, 'g')
  if (!pattern.test(text)) throw new Error(`an edit of ${INTERPRETER} has no place: ${why}`)
  return text.replace(pattern, (_, indent) => to.replace('<indent>', indent))
}

/** What the type checker knows of the library: of all packages that the interpreter has. */
async function packTypes(driver: string, work: string): Promise<string | undefined> {
  const symbols = globSync('yaegi/stdlib/go1_22_*.go', { cwd: work })
  const names = new Set(symbols.map((file) => /go1_22_(\w+)\.go$/.exec(file)?.[1]))
  const listed = await go(driver, ['list', '-export', '-f', '{{.ImportPath}} {{.Export}}', 'std'])
  const root = await go(driver, ['env', 'GOROOT'])
  if (listed.failed) return `Go cannot list its library: ${listed.stderr}`
  const lines = listed.stdout.split('\n').filter((line) => {
    const name = line.slice(0, line.indexOf(' ')).replaceAll('/', '_')
    return names.has(name) || WITHOUT_FILE.includes(name)
  })
  for (const file of SOURCES) lines.push(`src/${file} ${join(root.stdout, 'src', file)}`)
  const packed = await execa('go', ['run', './pack', 'types.zip'], {
    cwd: driver,
    // It runs here, whatever it is for.
    env: { ...ENVIRONMENT, GOARCH: nameOf(process.arch) },
    input: lines.join('\n'),
    reject: false,
  })
  return packed.failed ? `Go's types cannot be packed: ${packed.stderr}` : undefined
}

async function compile(driver: string, work: string): Promise<string | undefined> {
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w']
  const { failed, stderr } = await go(driver, ['build', ...flags, '-o', join(work, PROGRAM), '.'])
  return failed ? `Go does not compile runtimes/golang/driver: ${stderr}` : undefined
}
