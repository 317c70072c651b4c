/** What builds a project that describes itself: Cabal or Stack, where the image has them. */
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'

type Argv = readonly [string, ...string[]]

export interface BuildTool {
  readonly name: string
  /** The file that describes the project. */
  readonly description: string
  readonly clean: readonly Argv[]
  readonly build: readonly Argv[]
  /** Undefined: the project has no program. */
  readonly execute: Argv | undefined
}

export function findBuildTool(project: ProjectFolder, context: RuntimeContext): BuildTool | undefined {
  const [description] = project.filesEnding('.cabal')
  if (project.hasFile('package.yaml')) return findStack(project, context) ?? findHpack(project, context)
  return description === undefined ? undefined : findCabal(description, project, context)
}

function findCabal(
  description: string,
  project: ProjectFolder,
  { which }: RuntimeContext,
): BuildTool | undefined {
  const cabal = which('cabal')
  if (!cabal) return undefined
  const [, program] = /^executable[ \t]+(\S+)/im.exec(project.read(description) ?? '') ?? []
  return {
    name: 'cabal',
    description,
    clean: [[cabal, 'clean']],
    build: [[cabal, 'build', 'all']],
    execute: program === undefined ? undefined : [cabal, 'run', '-v0', `exe:${program}`],
  }
}

function findStack(project: ProjectFolder, { which }: RuntimeContext): BuildTool | undefined {
  const stack = which('stack')
  if (!stack) return undefined
  const program = programOfPackage(project)
  return {
    name: 'stack',
    description: 'package.yaml',
    clean: [[stack, 'clean']],
    build: [[stack, 'build']],
    execute: program === undefined ? undefined : [stack, 'exec', program],
  }
}

/** hpack makes Cabal's description of package.yaml. */
function findHpack(project: ProjectFolder, { which }: RuntimeContext): BuildTool | undefined {
  const [hpack, cabal] = [which('hpack'), which('cabal')]
  if (!hpack || !cabal) return undefined
  const program = programOfPackage(project)
  return {
    name: 'cabal',
    description: 'package.yaml',
    clean: [[cabal, 'clean']],
    build: [[hpack], [cabal, 'build', 'all']],
    execute: program === undefined ? undefined : [cabal, 'run', '-v0', `exe:${program}`],
  }
}

/** The first name below `executables:`, or the package's own where there is one executable. */
function programOfPackage(project: ProjectFolder): string | undefined {
  const text = project.read('package.yaml') ?? ''
  const [, named] = /^executables:[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[ \t]+["']?([^\s"':]+)/m.exec(text) ?? []
  if (named !== undefined) return named
  return /^executable:/m.test(text) ? /^name:[ \t]*["']?([^\s"']+)/m.exec(text)?.[1] : undefined
}
