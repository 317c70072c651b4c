import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ProjectFolder } from '../../src/runtime/project.ts'

/** Of what was downloaded or built. */
const OTHERS = /^(\..*|node_modules|target|build|out)$/

/** Paths of files with that ending, sorted, in a folder of the project and below it; hidden and built ones left out. */
export function filesBelow(project: ProjectFolder, folder: string, ending: string): string[] {
  const entries = readdirSync(join(project.path, folder), { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return OTHERS.test(entry.name) ? [] : filesBelow(project, path, ending)
      return entry.name.endsWith(ending) ? [path] : []
    })
    .sort()
}
