import type { ProjectFolder } from '../../src/runtime/project.ts'
import { filesBelow } from '../jvm/files.ts'

/** As Maven and Gradle lay projects out: tests are beside it. */
const MAIN_SOURCES = 'src/main/java'

/** Paths of the sources that make the program. */
export function sourcesOf(project: ProjectFolder): string[] {
  return filesBelow(project, project.hasFolder(MAIN_SOURCES) ? MAIN_SOURCES : '.', '.java')
}
