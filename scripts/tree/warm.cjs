/**
 * Run by the tree's own Node: loads the daemon, has it serve, and writes V8's code of what that took. `warm.cjs APP FOLDER`.
 */
const { writeFileSync, readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { Script } = require('node:vm')

const [, , app, folder] = process.argv
const path = join(app, 'krunner.js')
const script = new Script(readFileSync(path, 'utf8'), { filename: 'krunner.js' })
const module_ = { exports: {} }
const places = ['--work', folder, '--config', folder, '--service-definitions', folder, '--spool', folder]
// The one language that is always there: what is written does not depend on what this machine has.
process.argv = [process.argv[0], path, 'serve', '--port-in', '0', '--port-out', '0', ...places, 'nodejs']
process.argv.splice(3, 0, '--no-intrinsic-services')
script.runInThisContext()(module_.exports, createRequire(path), module_, path, app, pathToFileURL(path).href)
module_.exports.main().then(() => {
  writeFileSync(join(app, 'krunner.cache'), script.createCachedData())
  process.exit(0)
})
