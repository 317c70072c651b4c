/** The steps of a Node.js project. npm is only asked where there is something for it to do. */
import { delimiter, dirname } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { CommandLine, Plan, RuntimeContext } from '../../src/runtime/runtime.ts'
import { type PackageJson, readPackageJson } from './package-json.ts'

const MAIN_FILES = ['main.js', 'main.mjs', 'main.cjs', 'main.ts', 'main.mts']
const INDEX_FILES = ['index.js', 'index.mjs', 'index.cjs', 'index.ts']

export function clean(project: ProjectFolder, context: RuntimeContext): Plan {
  const found = readPackageJson(project)
  if (typeof found === 'string') return impossible(found)
  return found?.hasScript('clean') ? npm(context, 'its script `clean`', ['run', 'clean']) : nothing
}

export function build(project: ProjectFolder, context: RuntimeContext): Plan {
  const found = readPackageJson(project)
  if (typeof found === 'string') return impossible(found)
  if (!found) return nothing
  const steps: string[][] = []
  if (found.needsInstall) steps.push(['install', '--no-audit', '--no-fund'])
  if (found.hasScript('build')) steps.push(['run', 'build'])
  return npm(context, found.needsInstall ? 'its packages' : 'its script `build`', ...steps)
}

/** A main file is the plainest answer; then what the package says of itself; then what Node takes by itself. */
export function execute(project: ProjectFolder, context: RuntimeContext): Plan {
  const mainFile = project.firstOf(...MAIN_FILES)
  if (mainFile) return run([context.executable, mainFile])
  const found = readPackageJson(project)
  if (typeof found === 'string') return impossible(found)
  if (found?.hasScript('start')) return npm(context, 'its script `start`', ['run', 'start'])
  if (found?.main && isModule(project, found.main)) return run([context.executable, '.'])
  const indexFile = project.firstOf(...INDEX_FILES)
  return indexFile ? run([context.executable, indexFile]) : impossible(missing(found))
}

/** As Node looks for it: the file, the file without its ending, or a folder's index. */
function isModule(project: ProjectFolder, main: string): boolean {
  return [main, `${main}.js`, `${main}.json`, `${main}/index.js`].some((name) => project.hasFile(name))
}

function missing(found: PackageJson | undefined): string {
  const files = `${MAIN_FILES.slice(0, 3).join(', ')} or index.js`
  if (!found) return `no ${files} here, and no package.json: name the program to run`
  const main = found.main ? `its "main", ${found.main}, is not there` : 'it has no "main"'
  return `no ${files} here; package.json has no script \`start\`, and ${main}: name the program to run`
}

function npm(context: RuntimeContext, wants: string, ...steps: string[][]): Plan {
  if (steps.length === 0) return nothing
  const path = context.which('npm')
  if (!path)
    return impossible(`package.json wants ${wants}, and there is no npm in PATH: add it to the image`)
  return {
    commands: steps.map((step): CommandLine => ({ argv: [path, ...step], env: withOurNode(context) })),
  }
}

/** npm is a script that takes the `node` of PATH; it has to be the session's. */
function withOurNode({ executable, env }: RuntimeContext): Record<string, string> {
  return { PATH: [dirname(executable), env.PATH].filter(Boolean).join(delimiter) }
}
