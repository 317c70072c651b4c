/**
 * What the launcher starts in the tree: the daemon's one file, with V8's code of it where that fits. Node's own compile cache
 * would want a folder that it may write, another one for each user, and the tree at the place where it was made.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'

/** Under this the launcher keeps what Node and the loader are not to obey, but the user's programs are. */
const HIDDEN = 'KRUNNER_HIDDEN_'

restoreEnvironment()
// What process lists show besides the command line; each thread of Node would have another name.
process.title = 'krunner'
const path = join(__dirname, 'krunner.js')
const module: { exports: { main?: () => Promise<void> } } = { exports: {} }
const surroundings = [module.exports, createRequire(path), module, path, __dirname, pathToFileURL(path).href]
compile().runInThisContext()(...surroundings)
void module.exports.main?.()

/** V8 keeps the name in its code, which is not to depend on where the tree was made. */
function compile(): Script {
  return new Script(readFileSync(path, 'utf8'), {
    filename: 'krunner.js',
    cachedData: readIfThere(join(__dirname, 'krunner.cache')),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
}

function restoreEnvironment(): void {
  for (const [key, value] of Object.entries(process.env)) {
    if (!key.startsWith(HIDDEN)) continue
    process.env[key.slice(HIDDEN.length)] = value
    delete process.env[key]
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
