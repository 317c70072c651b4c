/** Projects of Go: a module, or the files of one program in a folder, as in the days before modules. */
import { constants } from 'node:fs'
import { basename, join } from 'node:path'
import { mayAccess } from '../../src/process/access.ts'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'

const PROGRAM = 'main'

export function clean(project: ProjectFolder): Plan {
  return project.hasFile(PROGRAM) && sourcesOf(project).length > 0 ? run(['rm', '-f', PROGRAM]) : nothing
}

export function build(project: ProjectFolder, context: RuntimeContext): Plan {
  if (!hasToolchain(context)) return impossible(NO_TOOLCHAIN)
  if (isProgram(project)) return compile(project, context, PROGRAM)
  if (project.hasFile('go.mod')) return compileEverything(project, context)
  return project.hasFile(PROGRAM) ? nothing : impossible(NO_PROGRAM)
}

export function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  if (project.hasFile(PROGRAM)) return run([`./${PROGRAM}`])
  if (!isProgram(project)) return impossible(NO_PROGRAM)
  if (!hasToolchain(context)) return impossible(NO_TOOLCHAIN)
  // `go run` would end with 1 whatever the program ends with.
  const program = join(context.scratch, PROGRAM)
  const compiled = compile(project, context, program)
  return 'impossible' in compiled
    ? compiled
    : { commands: [...compiled.commands, { argv: [program] as const }] }
}

const NO_PROGRAM =
  'no package main right here: a main.go (or other files of it), with a go.mod or without, is looked for; for one in a folder say so, `go run ./cmd/NAME`'
const NO_TOOLCHAIN = 'no Go toolchain here: no `go` in PATH, which builds programs'

/** Else only our own interpreter stands in, which compiles nothing. */
function hasToolchain({ executable }: RuntimeContext): boolean {
  return basename(executable) !== 'krunner-golang'
}

function sourcesOf(project: ProjectFolder): string[] {
  return project.filesEnding('.go').filter((name) => !name.endsWith('_test.go'))
}

function isProgram(project: ProjectFolder): boolean {
  return sourcesOf(project).some((name) => /^\s*package\s+main\b/m.test(project.read(name) ?? ''))
}

function compile(project: ProjectFolder, { executable, env }: RuntimeContext, output: string): Plan {
  return { commands: [{ argv: [executable, 'build', '-o', output, '.'], env: modules(project, env) }] }
}

function compileEverything(project: ProjectFolder, { executable, env }: RuntimeContext): Plan {
  return { commands: [{ argv: [executable, 'build', './...'], env: modules(project, env) }] }
}

/** Since Go 1.16 a folder without go.mod is compiled only by whoever asks for the old way. */
function modules(project: ProjectFolder, env: RuntimeContext['env']): Record<string, string> {
  return project.hasFile('go.mod') || env.GO111MODULE || isInModule(project) ? {} : { GO111MODULE: 'off' }
}

/** The module's root may be above the project folder. */
function isInModule(project: ProjectFolder): boolean {
  const parts = project.path.split('/')
  return parts.some((_, index) => isReadable(`${parts.slice(0, index).join('/')}/go.mod`))
}

/** Go compiles nothing without a cache to write to, and uses a C compiler that may not be there. */
export function toolchainEnvironment({ env, scratch, which }: RuntimeContext): Record<string, string> {
  const home = env.HOME !== undefined && isWritable(env.HOME)
  return {
    ...(!home && !env.XDG_CACHE_HOME && { GOCACHE: join(scratch, 'go-build') }),
    ...(!home && { GOPATH: join(scratch, 'go') }),
    ...(!['gcc', 'clang', 'cc'].some((name) => which(name)) && { CGO_ENABLED: '0' }),
  }
}

function isWritable(path: string): boolean {
  return mayAccess(path, constants.W_OK)
}

function isReadable(path: string): boolean {
  return mayAccess(path, constants.R_OK)
}
