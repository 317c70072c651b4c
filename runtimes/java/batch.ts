/** The steps of a Java project: Maven's or Gradle's where the tool is there, else the compiler's. */
import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'
import { NODE } from '../../src/tree.ts'
import { javaClassPath, UTF8 } from '../jvm/launch.ts'
import { programBeside } from '../jvm/programs.ts'
import { type BuildTool, findBuildTool } from './build-tool.ts'
import { mainClassOf, missingMain } from './main-class.ts'
import { sourcesOf } from './sources.ts'

export function clean(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return run([...tool.command, 'clean'])
  return run([NODE, join(context.folder, 'clean.cjs')])
}

export function build(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return run([...tool.command, ...tool.buildTasks])
  const sources = sourcesOf(project)
  if (sources.length === 0) return nothing
  const javac = programBeside('javac', context)
  if (!javac) return impossible(`no javac beside ${context.executable} or in PATH: the image has no JDK`)
  const classPath = javaClassPath(project, context.env)
  return run([javac, '-encoding', 'UTF-8', '-nowarn', '-cp', classPath, '-d', '.', ...sources])
}

export function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return executeBuilt(tool, project, context)
  const main = mainClassOf(project)
  if (main === undefined) return impossible(missingMain(project))
  return run([context.executable, ...UTF8, '-cp', javaClassPath(project, context.env), main])
}

function executeBuilt(tool: BuildTool, project: ProjectFolder, context: RuntimeContext): Plan {
  const java = [context.executable, ...UTF8] as const
  const jar = tool.programJar()
  if (jar) return run([...java, '-jar', jar])
  const main = tool.mainClass ?? mainClassOf(project)
  if (main === undefined) return impossible(missingMain(project))
  const runner = tool.runner(main)
  return run(runner ?? [...java, '-cp', tool.classPath(), main])
}
