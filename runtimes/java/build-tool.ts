/** Maven and Gradle, where a project is theirs and the tool is there. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { ProjectFolder } from '../../src/runtime/project.ts'
import type { RuntimeContext } from '../../src/runtime/runtime.ts'

export interface BuildTool {
  readonly command: readonly [string, ...string[]]
  readonly buildTasks: readonly string[]
  /** What the project's description says of it. */
  readonly mainClass: string | undefined
  /** A jar that runs by itself, once it was built. */
  programJar(): string | undefined
  /** Of what was built; relative. */
  classPath(): string
  /** The tool itself, where only it knows all that the program needs. */
  runner(main: string): readonly [string, ...string[]] | undefined
}

export function findBuildTool(project: ProjectFolder, context: RuntimeContext): BuildTool | undefined {
  return maven(project, context) ?? gradle(project, context)
}

function maven(project: ProjectFolder, context: RuntimeContext): BuildTool | undefined {
  const description = project.read('pom.xml')
  const program = toolOf('mvnw', 'mvn', project, context)
  if (description === undefined || !program) return undefined
  const command = [program, '--batch-mode', '--quiet'] as const
  const hasProgramJar = /spring-boot-maven-plugin|maven-shade-plugin|maven-assembly-plugin/.test(description)
  return {
    command,
    buildTasks: ['-DskipTests', 'package'],
    mainClass: /<mainClass>\s*([\w.$]+)\s*<\/mainClass>/.exec(description)?.[1],
    programJar: () => (hasProgramJar ? wholeJarIn(project, 'target') : undefined),
    classPath: () => 'target/classes',
    runner: (main) =>
      description.includes('<dependency>')
        ? [...command, 'exec:java', `-Dexec.mainClass=${main}`]
        : undefined,
  }
}

function gradle(project: ProjectFolder, context: RuntimeContext): BuildTool | undefined {
  const description = project.read('build.gradle') ?? project.read('build.gradle.kts')
  const program = toolOf('gradlew', 'gradle', project, context)
  if (description === undefined || !program) return undefined
  const isApplication = /\bapplication\b/.test(description)
  return {
    command: [program, '--quiet', '--console=plain'],
    // An installation has the libraries that the program needs, too.
    buildTasks: isApplication ? ['assemble', 'installDist'] : ['assemble'],
    mainClass: /\bmainClass(?:Name)?\s*(?:=|\.set\()\s*["']([\w.$]+)/.exec(description)?.[1],
    programJar: () => (/shadow|boot/.test(description) ? wholeJarIn(project, 'build/libs') : undefined),
    classPath: () =>
      isApplication ? installedLibraries(project) : 'build/classes/java/main:build/resources/main',
    runner: () => undefined,
  }
}

function toolOf(
  wrapper: string,
  tool: string,
  project: ProjectFolder,
  { which }: RuntimeContext,
): string | undefined {
  return (project.hasFile(wrapper) ? which(join(project.path, wrapper)) : undefined) ?? which(tool)
}

/** The one with its libraries in it, where there are several. */
function wholeJarIn(project: ProjectFolder, folder: string): string | undefined {
  if (!project.hasFolder(folder)) return undefined
  const jars = new ProjectFolder(join(project.path, folder))
    .filesEnding('.jar')
    .filter((name) => !/^original-|-(plain|sources|javadoc|tests)\.jar$/.test(name))
  const jar = jars.find((name) => /-(all|with-dependencies)\.jar$/.test(name)) ?? jars[0]
  return jar && join(folder, jar)
}

function installedLibraries(project: ProjectFolder): string {
  return globSync('build/install/*/lib', { cwd: project.path })
    .map((folder) => `${folder}/*`)
    .join(':')
}
