/** The steps of a Scala project: sbt's where it is there, else the compiler's. */
import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'
import { NODE } from '../../src/tree.ts'
import { filesBelow } from '../jvm/files.ts'
import { javaClassPath, UTF8 } from '../jvm/launch.ts'
import { programBeside } from '../jvm/programs.ts'
import { javaOf, librariesOf } from './toolchain.ts'

/** Not beside the sources: what the compiler makes has names that nobody can tell from a library's. */
const CLASSES = 'target/classes'
const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/.*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g
const MAIN = /\bobject\s+(\w+)[^{]*?\bextends\s+App\b|\bobject\s+(\w+)|@main\s+def\s+(\w+)|\bdef\s+main\s*\(/g

export function clean(project: ProjectFolder, context: RuntimeContext): Plan {
  const sbt = sbtOf(project, context)
  if (sbt) return run([sbt, '-batch', 'clean'])
  return project.hasFolder('target') ? run([NODE, join(context.folder, 'clean.cjs')]) : nothing
}

export function build(project: ProjectFolder, context: RuntimeContext): Plan {
  const sbt = sbtOf(project, context)
  if (sbt) return run([sbt, '-batch', 'compile'])
  const sources = filesBelow(project, '.', '.scala')
  if (sources.length === 0) return nothing
  const scalac = programBeside('scalac', context)
  if (!scalac) return impossible(`no scalac beside ${context.executable} or in PATH`)
  const classPath = javaClassPath(project, context.env)
  return run(
    [NODE, join(context.folder, 'make-folder.cjs'), CLASSES],
    [scalac, '-encoding', 'UTF-8', '-cp', classPath, '-d', CLASSES, ...sources],
  )
}

export function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  const sbt = sbtOf(project, context)
  if (sbt) return run([sbt, '-batch', 'run'])
  const found = objectsWithMain(project)
  const main =
    found.find((name) => /^(?:main\.)?Main$/i.test(name)) ?? (found.length === 1 ? found[0] : undefined)
  if (main === undefined) return impossible(missing(found))
  const classPath = [CLASSES, ...librariesOf(context), javaClassPath(project, context.env)].join(':')
  return run([javaOf(context), ...UTF8, '-cp', classPath, main])
}

function sbtOf(project: ProjectFolder, { which }: RuntimeContext): string | undefined {
  return project.hasFile('build.sbt') ? which('sbt') : undefined
}

function missing(found: string[]): string {
  if (found.length > 1) return `several objects have a main: ${found.join(', ')}: name the program to run`
  return 'no object Main here, no other with a main or of App, and no @main: name the program to run'
}

function objectsWithMain(project: ProjectFolder): string[] {
  return filesBelow(project, '.', '.scala').flatMap((path) => mainsIn(project.read(path) ?? ''))
}

/** The names of what can be run: of an App, of the object that `def main` is in, or of a method with @main. */
function mainsIn(source: string): string[] {
  const code = source.replace(COMMENT_OR_TEXT, ' ')
  const prefix = /^\s*package\s+([\w.]+)/m.exec(code)?.[1]
  const found: string[] = []
  let last: string | undefined
  for (const [, app, object, method] of code.matchAll(MAIN)) {
    const name = app ?? method
    if (name) found.push(name)
    else if (object) last = object
    else if (last) found.push(last)
  }
  return [...new Set(found)].map((name) => [prefix, name].filter(Boolean).join('.'))
}
