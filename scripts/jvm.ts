/** Compiles the drivers that are written in Java, for JVMs from 8 on. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'

/** Older compilers know no JShell, which one of the drivers is written for. */
const OLDEST_COMPILER = 9
const FOR_OLD_MACHINES = '-source 8 -target 8 -XDignore.symbol.file -proc:none -nowarn -Xlint:none'.split(' ')

/**
 * Classes of `runtimes/NAME/krunner` into `folder`, where a JDK is there to compile them. Else a session compiles
 * them itself, with the image's own JDK, and starts a second later.
 */
export async function buildJvmDrivers(root: string, folder: string): Promise<void> {
  const version = await compilerVersion()
  if (version >= OLDEST_COMPILER) {
    const sources = globSync('runtimes/*/krunner/**/*.java', { cwd: root }).map((file) => join(root, file))
    await execa('javac', [...FOR_OLD_MACHINES, '-d', folder, ...sources], { stdio: 'inherit' })
    return
  }
  const found = version ? `javac in PATH is of JDK ${version}` : 'there is no javac in PATH'
  console.log(
    `${found}: sessions of Java compile their driver at each start (a JDK ${OLDEST_COMPILER} or later mends it)`,
  )
}

/** 0 where there is none. */
async function compilerVersion(): Promise<number> {
  const { all = '', failed } = await execa('javac', ['-version'], { reject: false, all: true })
  const [, first = '0', second = '0'] = /javac (\d+)(?:\.(\d+))?/.exec(all) ?? []
  return failed ? 0 : Number(first === '1' ? second : first)
}
