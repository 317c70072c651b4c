/** Projects of compiled languages without a Makefile: every source right in the folder, together one program. */
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { BatchPlans, RuntimeContext } from '../../src/runtime/runtime.ts'

const PROGRAMS = ['main', 'a.out']
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile']

export interface Sources {
  readonly endings: readonly string[]
  /** The variable of the environment with the user's own options for the compiler, as `make` knows it. */
  readonly flags: string
  readonly libraries: readonly string[]
  /** The order to compile them in; default: by name. */
  readonly order?: (names: readonly string[], project: ProjectFolder) => readonly string[]
}

export function compiledBatch(sources: Sources): BatchPlans {
  return {
    clean: (project) => clean(project),
    build: (project, context) => build(sources, project, context),
    execute: (project) => execute(sources, project),
  }
}

function clean(project: ProjectFolder) {
  const makefile = project.firstOf(...MAKEFILES)
  if (makefile) return /^clean\s*:/m.test(project.read(makefile) ?? '') ? run(['make', 'clean']) : nothing
  return project.hasFile('main') ? run(['rm', '-f', 'main']) : nothing
}

function build(sources: Sources, project: ProjectFolder, { executable, env }: RuntimeContext) {
  const names = project.filesEnding(...sources.endings)
  const program = project.firstOf(...PROGRAMS)
  if (names.length === 0) return program ? nothing : impossible(`no ${list(sources)} here, and no Makefile`)
  const ordered = sources.order?.(names, project) ?? names
  const words = (name: string) => env[name]?.split(/\s+/).filter(Boolean) ?? []
  const options = ['-Wall', ...words('CPPFLAGS'), ...words(sources.flags)]
  const libraries = [...words('LDFLAGS'), ...words('LDLIBS'), ...sources.libraries]
  return run([executable, ...options, '-o', 'main', ...ordered, ...libraries])
}

function execute(sources: Sources, project: ProjectFolder) {
  const program = project.firstOf(...PROGRAMS)
  if (program) return run([`./${program}`])
  return impossible(
    `no ./main and no ./a.out here: the build makes one of ${list(sources)} or with a Makefile`,
  )
}

function list(sources: Sources): string {
  return sources.endings.map((ending) => `*${ending}`).join(', ')
}
