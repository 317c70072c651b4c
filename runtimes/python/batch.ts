/** The steps of a Python project. The scripts in `batch/` do what it takes Python to decide. */
import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { ProjectFolder } from '../../src/runtime/project.ts'
import type { Plan, RuntimeContext } from '../../src/runtime/runtime.ts'

/** Without one of these tables the file only configures tools, and there is nothing to install. */
const INSTALLABLE = /^\s*\[\s*(project|build-system|tool\.poetry)\s*\]/m

export function clean(project: ProjectFolder, { executable, folder }: RuntimeContext): Plan {
  const kind = isInstallable(project) ? ['--project'] : []
  return run([executable, join(folder, 'batch', 'clean.py'), ...kind])
}

export function build(project: ProjectFolder, { executable, folder }: RuntimeContext): Plan {
  return isInstallable(project) ? run([executable, join(folder, 'batch', 'install.py')]) : nothing
}

export function execute(project: ProjectFolder, { executable }: RuntimeContext): Plan {
  if (project.hasFile('main.py')) return run([executable, 'main.py'])
  return impossible('no main.py here: name the program to run')
}

function isInstallable(project: ProjectFolder): boolean {
  return project.hasFile('setup.py') || INSTALLABLE.test(project.read('pyproject.toml') ?? '')
}
