/** Scala as its own distributions lay it out, with libraries from Maven's repository. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './roots.ts'

interface Release {
  readonly artifact: string
  readonly version: string
  /** The classes of `scala` and `scalac`. */
  readonly programs: Readonly<Record<string, string>>
}

const RELEASES = {
  '2.13': {
    artifact: 'scala-compiler',
    version: '2.13.16',
    programs: { scala: 'scala.tools.nsc.MainGenericRunner', scalac: 'scala.tools.nsc.Main' },
  },
  '3': {
    artifact: 'scala3-compiler_3',
    version: '3.3.6',
    programs: { scala: 'dotty.tools.MainGenericRunner', scalac: 'dotty.tools.dotc.Main' },
  },
} as const satisfies Record<string, Release>

export type ScalaName = keyof typeof RELEASES
export const SCALA_NAMES = Object.keys(RELEASES) as ScalaName[]

/** The path of that version's `scala`, there or not. */
export function scalaProgram(name: ScalaName): string {
  return join(scalaFolder(name), 'bin', 'scala')
}

function scalaFolder(name: ScalaName): string {
  return join(CACHE, 'scala', RELEASES[name].version)
}

/** Made in a folder beside its place first, so that a half-made one is never used. */
export function makeScala(name: ScalaName): void {
  const release: Release = RELEASES[name]
  const folder = `${scalaFolder(name)}.${process.pid}`
  console.log(`fetching Scala ${release.version}`)
  mkdirSync(join(folder, 'bin'), { recursive: true })
  try {
    fetchLibraries(release, folder)
    for (const [program, main] of Object.entries(release.programs))
      writeProgram(join(folder, 'bin', program), main)
    if (!existsSync(scalaFolder(name))) renameSync(folder, scalaFolder(name))
  } catch (error) {
    console.log(`no Scala ${release.version}: ${error instanceof Error ? error.message : error}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fetchLibraries({ artifact, version }: Release, folder: string): void {
  const pom = join(folder, 'pom.xml')
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>test</artifactId><version>1</version>
<dependencies><dependency><groupId>org.scala-lang</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency></dependencies></project>`,
  )
  const goal = ['--batch-mode', '--quiet', '-f', pom, 'dependency:copy-dependencies', '-DoutputDirectory=lib']
  const { status, error, stdout } = spawnSync('mvn', goal, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`mvn ended with ${status}: ${stdout.trim().split('\n').at(-1)}`)
}

function writeProgram(path: string, main: string): void {
  const command = `exec java -cp "$(dirname "$0")/../lib/*" -Dscala.usejavacp=true ${main} -usejavacp "$@"`
  writeFileSync(path, `#!/bin/sh\n${command}\n`)
  chmodSync(path, 0o755)
}
