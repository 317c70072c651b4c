/** The steps of a project in Haskell: Cabal's or Stack's where the tool is there, else the compiler's. */
import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'
import { type BuildTool, findBuildTool } from './build-tool.ts'
import { compilerOf } from './programs.ts'

const MAINS = ['main.hs', 'Main.hs', 'main.lhs', 'Main.lhs', 'app/Main.hs', 'src/Main.hs']
const PROGRAM = 'main'
const OBJECTS = 'dist-ghc'

export function clean(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return run(...tool.clean)
  return findMain(project) ? run(['rm', '-rf', OBJECTS, PROGRAM]) : nothing
}

export function build(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return run(...tool.build)
  const main = findMain(project)
  if (!main) return nothing
  const sources = [join(context.folder, 'batch', 'KrunnerMain.hs'), main]
  const folders = ['app', 'src'].filter((folder) => project.hasFolder(folder)).map((folder) => `-i${folder}`)
  const output = ['-main-is', 'KrunnerMain', '-outputdir', OBJECTS, '-o', PROGRAM]
  return run([compilerOf(context), '--make', ...folders, ...output, ...sources])
}

export function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  const tool = findBuildTool(project, context)
  if (tool) return executeBuilt(tool)
  if (project.hasFile(PROGRAM)) return run([`./${PROGRAM}`])
  const main = findMain(project)
  if (main) return impossible(`no ./${PROGRAM} here: the build makes it of ${main}`)
  return impossible(`no ${MAINS.join(', ')} here, and nothing that cabal or stack can build`)
}

function executeBuilt({ name, execute, description }: BuildTool): Plan {
  return execute ? run(execute) : impossible(`no executable in ${description}: ${name} has nothing to run`)
}

function findMain(project: ProjectFolder): string | undefined {
  return project.firstOf(...MAINS)
}
